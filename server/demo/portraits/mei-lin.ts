/** Mei-Lin Carroway: long dark hair, striped top and yellow jacket. Drawn for this project; 512 x 512, legible at 40. */
export const meiLinPortrait = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="34 52 444 444">
<defs>
<clipPath id="face"><path d="M182 194C182 140 214 110 256 110S330 140 330 194V222C330 272 298 318 256 318S182 272 182 222Z"/></clipPath>
<clipPath id="neck"><path d="M220 280V362C220 380 198 388 182 392L256 450L330 392C314 388 292 380 292 362V280Z"/></clipPath>
<clipPath id="shirt"><path d="M170 392C190 430 228 448 256 448S322 430 342 392L360 512H152Z"/></clipPath>
</defs>
<rect width="512" height="512" fill="#86c5d8"/>
<circle cx="256" cy="254" r="182" fill="#a3d5e3"/>
<path d="M252 72C170 74 136 136 140 214C142 290 118 340 128 424C150 452 200 450 220 430H300C324 450 366 448 384 420C394 340 370 290 372 214C376 132 336 70 252 72Z" fill="#241d2b"/>
<path d="M46 512C50 442 98 412 176 394H336C414 412 462 442 466 512Z" fill="#f0f3f5"/>
<g clip-path="url(#shirt)"><path d="M150 392H362V512H150Z" fill="#fbfbf8"/><path d="M140 440C200 486 312 486 372 440M140 472C200 518 312 518 372 472M140 504C200 550 312 550 372 504" fill="none" stroke="#2c4a8a" stroke-width="11"/></g>
<path d="M220 280V362C220 380 198 388 182 392C196 424 230 436 256 436S316 424 330 392C314 388 292 380 292 362V280Z" fill="#e3ab80"/>
<path clip-path="url(#neck)" d="M210 272H302V330C290 350 274 360 256 360S222 350 210 330Z" fill="#c4875c"/>
<path d="M40 512C44 444 94 412 176 392C166 430 172 476 190 512Z" fill="#f5b93a"/>
<path d="M472 512C468 444 418 412 336 392C346 430 340 476 322 512Z" fill="#e8a826"/>
<path d="M176 392L150 400L152 452C160 480 172 500 190 512C172 476 166 430 176 392ZM336 392L362 400L360 452C352 480 340 500 322 512C340 476 346 430 336 392Z" fill="#d3921a"/>
<path d="M182 194C182 140 214 110 256 110S330 140 330 194V222C330 272 298 318 256 318S182 272 182 222Z" fill="#f3c59d"/>
<g clip-path="url(#face)">
<path d="M344 140V330H256C298 316 316 270 316 220C316 184 312 164 300 140Z" fill="#e3ab80" opacity=".65"/>
<ellipse cx="211" cy="256" rx="20" ry="13" fill="#f0846e" opacity=".28"/><ellipse cx="301" cy="256" rx="20" ry="13" fill="#f0846e" opacity=".28"/>
</g>
<path d="M286 92C230 76 160 100 148 186C140 262 150 330 140 400C148 424 176 432 194 414C174 360 182 290 180 224C210 208 262 184 290 130C300 164 320 186 332 214C332 290 336 350 322 410C338 430 366 420 374 396C360 330 374 268 366 192C360 128 330 96 286 92Z" fill="#312838"/>
<path d="M290 130C262 184 210 208 180 224C184 200 190 184 204 170C232 160 266 148 290 130Z" fill="#241d2b"/>
<path d="M166 196C172 150 200 118 240 108M306 116C330 130 344 160 346 192" fill="none" stroke="#5a4b66" stroke-width="8" stroke-linecap="round"/>
<path d="M160 380C166 340 160 300 162 260M352 380C346 340 354 300 350 260" fill="none" stroke="#4a3d55" stroke-width="6" stroke-linecap="round"/>
<path d="M206 204C214 196 227 195 237 199M276 198C286 193 299 195 307 203" fill="none" stroke="#2a2230" stroke-width="7" stroke-linecap="round"/>
<ellipse cx="222" cy="225" rx="8" ry="9" fill="#211a27"/><ellipse cx="290" cy="225" rx="8" ry="9" fill="#211a27"/>
<circle cx="225" cy="221.500" r="2.600" fill="#fff"/><circle cx="293" cy="221.500" r="2.600" fill="#fff"/>
<path d="M205 221C212 212 230 211 237 221M275 221C282 211 300 212 307 221" fill="none" stroke="#211a27" stroke-width="4.500" stroke-linecap="round"/>
<path d="M257 232C259 244 264 252 260 257C256 260 252 260 249 257" fill="none" stroke="#c4875c" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>
<path d="M230 278C246 283 266 283 282 278C279 295 269 302 256 302S233 295 230 278Z" fill="#b23c44"/>
<path d="M236 280.500C248 284 264 284 276 280.500C273 287 266 289 256 289S239 287 236 280.500Z" fill="#fff"/>
</svg>`;

/** Imogen Hartley: silver bob, green blazer. Drawn for this project; 512 x 512, legible at 40. */
export const imogenPortrait = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="40 48 432 432">
<defs>
<clipPath id="face"><path d="M180 196C180 140 212 106 256 106S332 140 332 196V222C332 274 298 322 256 322S180 274 180 222Z"/></clipPath>
<clipPath id="neck"><path d="M218 282V362C218 380 196 386 180 392L256 470L332 392C316 386 294 380 294 362V282Z"/></clipPath>
</defs>
<rect width="512" height="512" fill="#f9cfa7"/>
<circle cx="256" cy="254" r="182" fill="#fbdcbd"/>
<path d="M256 66C166 66 134 132 136 208C137 258 128 292 142 326C152 352 196 358 226 350H290C322 358 360 352 370 326C384 292 375 258 376 208C378 132 346 66 256 66Z" fill="#a9adb9"/>
<path d="M38 512C42 436 92 408 172 390L256 430L340 390C420 408 470 436 474 512Z" fill="#1f6b5c"/>
<path d="M182 388H330L322 512H190Z" fill="#fff6ea"/>
<path d="M218 282V362C218 380 196 386 180 392C194 416 232 428 256 428S318 416 332 392C316 386 294 380 294 362V282Z" fill="#f2bd9c"/>
<path clip-path="url(#neck)" d="M206 270H306V330C294 352 276 364 256 364S218 352 206 330Z" fill="#d99a78"/>
<path d="M190 384L166 390L150 440L186 452L176 470L228 512H240C212 470 192 428 190 384Z" fill="#185648"/>
<path d="M322 384L346 390L362 440L326 452L336 470L284 512H272C300 470 320 428 322 384Z" fill="#185648"/>
<path d="M180 196C180 140 212 106 256 106S332 140 332 196V222C332 274 298 322 256 322S180 274 180 222Z" fill="#f7cbac"/>
<g clip-path="url(#face)">
<path d="M346 150V330H256C300 318 318 272 318 222C318 190 314 170 300 150Z" fill="#eeb391" opacity=".65"/>
<ellipse cx="212" cy="258" rx="21" ry="14" fill="#f09a80" opacity=".28"/>
<ellipse cx="300" cy="258" rx="21" ry="14" fill="#f09a80" opacity=".28"/>
<path d="M172 208C188 196 214 178 232 138C262 168 312 172 340 212V90H172Z" fill="#98795f" opacity=".22"/>
</g>
<path d="M204 199C212 190 226 188 237 193" fill="none" stroke="#7d7f8c" stroke-width="7" stroke-linecap="round"/>
<path d="M275 193C286 188 300 190 308 199" fill="none" stroke="#7d7f8c" stroke-width="7" stroke-linecap="round"/>
<ellipse cx="222" cy="223" rx="8" ry="9.5" fill="#2c2f3f"/><ellipse cx="290" cy="223" rx="8" ry="9.5" fill="#2c2f3f"/>
<circle cx="225" cy="219.500" r="2.600" fill="#fff"/><circle cx="293" cy="219.500" r="2.600" fill="#fff"/>
<path d="M207 220C212 210 230 208 237 218" fill="none" stroke="#2c2f3f" stroke-width="4.500" stroke-linecap="round"/>
<path d="M275 218C282 208 300 210 305 220" fill="none" stroke="#2c2f3f" stroke-width="4.500" stroke-linecap="round"/>
<path d="M258 228C261 242 268 252 262 258C258 261 252 261 248 258" fill="none" stroke="#d28f6d" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>
<path d="M229 278C244 283 268 283 283 278C280 296 270 303 256 303S232 296 229 278Z" fill="#b8414a"/>
<path d="M235 280.500C248 284 264 284 277 280.500C274 288 266 290 256 290S238 288 235 280.500Z" fill="#fff"/>
<path d="M222 84C150 96 134 156 138 226C140 268 134 296 146 330C156 344 178 346 190 336C176 300 180 262 178 222C204 206 228 176 236 132C252 162 304 176 332 210C332 262 338 300 324 336C336 346 360 344 368 328C380 296 372 262 374 226C378 150 352 96 288 82C264 76 242 78 222 84Z" fill="#c9ccd6"/>
<path d="M236 132C252 162 304 176 332 210C334 190 328 164 306 146C288 132 262 128 246 108Z" fill="#b3b7c4"/>
<path d="M160 190C160 146 182 114 214 104" fill="none" stroke="#e6e8ee" stroke-width="9" stroke-linecap="round"/>
<path d="M278 98C316 108 344 138 350 182" fill="none" stroke="#e0e2e9" stroke-width="8" stroke-linecap="round"/>
<path d="M156 296C153 276 158 258 158 236M356 300C360 276 354 262 354 240" fill="none" stroke="#adb1be" stroke-width="6" stroke-linecap="round"/>
<circle cx="186" cy="290" r="7" fill="#f2b53c"/><circle cx="326" cy="290" r="7" fill="#f2b53c"/>
</svg>`;

/** Desmond Okoro: short fade and beard, navy jacket. Drawn for this project; 512 x 512, legible at 40. */
export const desmondPortrait = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="40 56 432 432">
<defs>
<clipPath id="face"><path d="M176 190C176 136 208 104 256 104S336 136 336 190V236C336 290 302 332 256 332S176 290 176 236Z"/></clipPath>
<clipPath id="neck"><path d="M208 280V366C206 384 180 392 162 398L256 486L350 398C332 392 306 384 304 366V280Z"/></clipPath>
</defs>
<rect width="512" height="512" fill="#f3bd4b"/>
<circle cx="256" cy="254" r="182" fill="#f7cd70"/>
<path d="M22 512C26 440 84 414 168 394L256 440L344 394C428 414 486 440 490 512Z" fill="#25335e"/>
<path d="M164 392H348L330 512H182Z" fill="#f7f3ec"/><path d="M256 470V512" stroke="#d9d0c0" stroke-width="5"/>
<path d="M208 280V366C206 384 184 392 170 396C190 424 228 450 256 464C284 450 322 424 342 396C328 392 306 384 304 366V280Z" fill="#71432d"/>
<path clip-path="url(#neck)" d="M196 290H316V336C302 362 280 374 256 374S210 362 196 336Z" fill="#512d1e"/>
<path d="M176 382L256 462L218 500L156 408Z" fill="#fffdf8"/><path d="M336 382L256 462L294 500L356 408Z" fill="#e6ded0"/>
<path d="M160 396L134 404L112 464L160 470L148 488L182 512H214C186 480 166 440 160 396Z" fill="#1b2649"/>
<path d="M352 396L378 404L400 464L352 470L364 488L330 512H298C326 480 346 440 352 396Z" fill="#1b2649"/>
<ellipse cx="174" cy="226" rx="17" ry="26" fill="#71432d"/><ellipse cx="338" cy="226" rx="17" ry="26" fill="#663a26"/>
<path d="M170 214C164 222 166 234 173 240M342 214C348 222 346 234 339 240" fill="none" stroke="#512d1e" stroke-width="5" stroke-linecap="round"/>
<path d="M176 190C176 136 208 104 256 104S336 136 336 190V236C336 290 302 332 256 332S176 290 176 236Z" fill="#85533a"/>
<g clip-path="url(#face)">
<path d="M350 130V340H256C304 326 321 284 321 236C321 190 318 160 304 130Z" fill="#71432d" opacity=".7"/>
<path d="M168 232C184 240 186 262 196 272C212 262 236 258 256 262C276 258 300 262 316 272C326 262 328 240 344 232V344H168Z" fill="#22180f"/>
<path d="M168 120H344V232C336 226 334 214 332 200C330 178 324 166 312 160C276 150 236 150 200 160C188 166 182 178 180 200C178 214 176 226 168 232Z" fill="#22180f"/>
<ellipse cx="212" cy="250" rx="18" ry="10" fill="#b0623f" opacity=".35"/><ellipse cx="300" cy="250" rx="18" ry="10" fill="#b0623f" opacity=".35"/>
</g>
<path d="M176 206C164 130 196 84 256 84S348 130 336 206C334 182 326 166 312 160C276 150 236 150 200 160C186 166 178 182 176 206Z" fill="#22180f"/>
<path d="M200 122C214 104 236 98 262 99" fill="none" stroke="#43332a" stroke-width="8" stroke-linecap="round"/>
<path d="M201 199C210 190 226 189 238 195M274 195C286 189 302 190 311 199" fill="none" stroke="#22180f" stroke-width="9" stroke-linecap="round"/>
<ellipse cx="221" cy="222" rx="8.500" ry="9.500" fill="#1a110b"/><ellipse cx="291" cy="222" rx="8.500" ry="9.500" fill="#1a110b"/>
<circle cx="224" cy="218.500" r="2.700" fill="#fff"/><circle cx="294" cy="218.500" r="2.700" fill="#fff"/>
<path d="M207 219C213 210 229 209 235 218M277 218C283 209 299 210 305 219" fill="none" stroke="#1a110b" stroke-width="4" stroke-linecap="round"/>
<path d="M258 224C262 240 272 248 268 256C262 262 250 262 244 256" fill="none" stroke="#5f3622" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/>
<path d="M224 284C242 278 270 278 288 284C284 304 272 312 256 312S228 304 224 284Z" fill="#7c3a32"/>
<path d="M231 285C246 281 266 281 281 285C277 296 268 299 256 299S235 296 231 285Z" fill="#fff"/>
</svg>`;

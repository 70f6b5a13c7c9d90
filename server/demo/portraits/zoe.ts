/** Zoë-Katharina Brückenhauser: copper bun, round glasses. Drawn for this project; 512 x 512, legible at 40. */
export const zoePortrait = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="36 6 440 440">
<defs>
<clipPath id="face"><path d="M182 196C182 142 214 110 256 110S330 142 330 196V224C330 276 296 320 256 320S182 276 182 224Z"/></clipPath>
<clipPath id="neck"><path d="M222 280V400H290V280Z"/></clipPath>
</defs>
<rect width="512" height="512" fill="#b9addf"/>
<circle cx="256" cy="218" r="184" fill="#cbc1ea"/>
<circle cx="262" cy="62" r="46" fill="#b5562b"/>
<path d="M232 60C240 36 272 28 292 46M244 80C262 68 284 68 298 78" fill="none" stroke="#d67a44" stroke-width="6" stroke-linecap="round"/>
<path d="M256 80C184 80 160 140 164 200C165 226 172 250 196 262H316C340 250 347 226 348 200C352 140 328 80 256 80Z" fill="#9c4522"/>
<path d="M56 512C58 446 104 418 180 400C206 394 220 386 222 370H290C292 386 306 394 332 400C408 418 454 446 456 512Z" fill="#2d4a73"/>
<path d="M222 280V390H290V280Z" fill="#efb592"/>
<path clip-path="url(#neck)" d="M216 272H296V330C286 350 272 358 256 358S226 350 216 330Z" fill="#d3936f"/>
<path d="M208 360C220 372 292 372 304 360C310 372 310 396 304 408C284 422 228 422 208 408C202 396 202 372 208 360Z" fill="#38598a"/>
<path d="M208 404C228 420 284 420 304 404" fill="none" stroke="#223a5c" stroke-width="5" stroke-linecap="round"/>
<path d="M126 512C128 482 132 464 140 448M386 512C384 482 380 464 372 448" fill="none" stroke="#223a5c" stroke-width="6" stroke-linecap="round"/>
<ellipse cx="180" cy="228" rx="14" ry="23" fill="#f2bb99"/><ellipse cx="332" cy="228" rx="14" ry="23" fill="#e7a682"/>
<path d="M182 196C182 142 214 110 256 110S330 142 330 196V224C330 276 296 320 256 320S182 276 182 224Z" fill="#f8cdae"/>
<g clip-path="url(#face)">
<path d="M344 140V330H256C298 316 316 272 316 222C316 186 312 164 300 140Z" fill="#efb592" opacity=".65"/>
<ellipse cx="210" cy="262" rx="20" ry="13" fill="#f0896d" opacity=".28"/><ellipse cx="302" cy="262" rx="20" ry="13" fill="#f0896d" opacity=".28"/>
<g fill="#d98b62" opacity=".75"><circle cx="206" cy="254" r="2.300"/><circle cx="216" cy="260" r="2.300"/><circle cx="226" cy="254" r="2.300"/><circle cx="286" cy="254" r="2.300"/><circle cx="296" cy="260" r="2.300"/><circle cx="306" cy="254" r="2.300"/></g>
</g>
<path d="M174 226C160 150 186 84 258 84S352 150 338 226C332 208 328 196 322 184C300 186 270 176 250 150C240 172 214 190 190 190C184 200 178 212 174 226Z" fill="#b5562b"/>
<path d="M250 150C240 172 214 190 190 190C212 180 232 160 236 136ZM250 150C270 176 300 186 322 184C296 178 270 158 262 128Z" fill="#9c4522"/>
<path d="M190 144C200 120 220 106 244 102M282 108C304 116 318 132 324 152" fill="none" stroke="#d67a44" stroke-width="8" stroke-linecap="round"/>
<path d="M206 196C214 189 226 188 236 192M276 192C286 188 298 189 306 196" fill="none" stroke="#8a3d1e" stroke-width="7" stroke-linecap="round"/>
<circle cx="221" cy="227" r="29" fill="#fff" fill-opacity=".22" stroke="#2a2440" stroke-width="6"/>
<circle cx="291" cy="227" r="29" fill="#fff" fill-opacity=".22" stroke="#2a2440" stroke-width="6"/>
<path d="M249 222C253 217 259 217 263 222M192 222L178 218M320 222L334 218" fill="none" stroke="#2a2440" stroke-width="6" stroke-linecap="round"/>
<path d="M206 222C212 213 230 212 236 220M276 220C282 212 300 213 306 222" fill="none" stroke="#2a2440" stroke-width="4" stroke-linecap="round"/>
<ellipse cx="222" cy="227" rx="7.500" ry="9" fill="#2a2440"/><ellipse cx="290" cy="227" rx="7.500" ry="9" fill="#2a2440"/>
<circle cx="225" cy="223.500" r="2.500" fill="#fff"/><circle cx="293" cy="223.500" r="2.500" fill="#fff"/>
<path d="M258 238C260 248 266 256 261 261C257 264 252 263 249 261" fill="none" stroke="#d58e6a" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>
<path d="M231 279C246 284 266 284 281 279C278 296 269 302 256 302S234 296 231 279Z" fill="#b04a48"/>
<path d="M237 281.500C249 285 263 285 275 281.500C272 288 266 290 256 290S240 288 237 281.500Z" fill="#fff"/>
</svg>`;

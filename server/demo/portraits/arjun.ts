/** Arjun Mehrotra: thick wavy hair, band-collar shirt. Drawn for this project; 512 x 512, legible at 40. */
export const arjunPortrait = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="42 54 428 428">
<defs>
<clipPath id="face"><path d="M180 194C180 140 212 108 256 108S332 140 332 194V232C332 270 316 296 290 316C278 326 268 330 256 330S234 326 222 316C196 296 180 270 180 232Z"/></clipPath>
<clipPath id="neck"><path d="M212 284V366C212 384 186 390 170 396L256 470L342 396C326 390 300 384 300 366V284Z"/></clipPath>
</defs>
<rect width="512" height="512" fill="#f29c86"/>
<circle cx="256" cy="254" r="182" fill="#f6b29f"/>
<path d="M30 512C34 442 90 414 172 394L256 430L340 394C422 414 478 442 482 512Z" fill="#f5efe2"/>
<path d="M212 284V366C212 384 190 390 174 396C190 424 226 440 256 440S322 424 338 396C322 390 300 384 300 366V284Z" fill="#b27648"/>
<path clip-path="url(#neck)" d="M202 280H310V334C298 358 278 370 256 370S214 358 202 334Z" fill="#8e5830"/>
<path d="M170 388C186 420 222 438 248 446L246 470C206 462 166 434 156 398Z" fill="#fffaf0"/>
<path d="M342 388C326 420 290 438 264 446L266 470C306 462 346 434 356 398Z" fill="#e5dcc9"/>
<path d="M244 446H268V512H244Z" fill="#e5dcc9"/><circle cx="256" cy="474" r="5" fill="#8a7a5e"/><circle cx="256" cy="502" r="5" fill="#8a7a5e"/>
<path d="M112 512C114 482 120 462 130 446M400 512C398 482 392 462 382 446" fill="none" stroke="#d6cbb4" stroke-width="6" stroke-linecap="round"/>
<ellipse cx="178" cy="228" rx="16" ry="25" fill="#b97d4e"/><ellipse cx="334" cy="228" rx="16" ry="25" fill="#a96e41"/>
<path d="M174 218C169 226 171 236 177 241M338 218C343 226 341 236 335 241" fill="none" stroke="#8e5830" stroke-width="5" stroke-linecap="round"/>
<path d="M180 194C180 140 212 108 256 108S332 140 332 194V232C332 270 316 296 290 316C278 326 268 330 256 330S234 326 222 316C196 296 180 270 180 232Z" fill="#c68a58"/>
<g clip-path="url(#face)">
<path d="M346 140V340H256C302 322 318 276 318 228C318 186 314 164 302 140Z" fill="#b27648" opacity=".65"/>
<path d="M172 238C190 246 192 268 206 276C222 268 240 266 256 268C272 266 290 268 306 276C320 268 322 246 340 238V340H172Z" fill="#3a2418" opacity=".28"/>
<ellipse cx="211" cy="256" rx="19" ry="12" fill="#d9714a" opacity=".26"/><ellipse cx="301" cy="256" rx="19" ry="12" fill="#d9714a" opacity=".26"/>
</g>
<path d="M176 216C158 190 150 150 168 122C172 92 204 76 228 82C250 62 296 66 312 88C346 92 364 128 350 160C354 182 346 202 336 216C327 204 325 188 320 170C300 178 280 166 268 152C246 174 214 178 192 170C188 186 186 202 180 216Z" fill="#1d1a24"/>
<path d="M190 138C192 116 212 102 232 104M250 96C270 84 294 88 306 104M322 114C336 122 340 138 334 152" fill="none" stroke="#46405a" stroke-width="7" stroke-linecap="round"/>
<path d="M202 198C211 190 226 189 238 195M274 195C286 189 301 190 310 198" fill="none" stroke="#1d1a24" stroke-width="9" stroke-linecap="round"/>
<ellipse cx="221" cy="222" rx="8" ry="9.500" fill="#1d1a24"/><ellipse cx="291" cy="222" rx="8" ry="9.500" fill="#1d1a24"/>
<circle cx="224" cy="218.500" r="2.600" fill="#fff"/><circle cx="294" cy="218.500" r="2.600" fill="#fff"/>
<path d="M207 219C213 210 229 209 235 218M277 218C283 209 299 210 305 219" fill="none" stroke="#1d1a24" stroke-width="4" stroke-linecap="round"/>
<path d="M258 226C262 242 270 252 265 259C260 263 251 263 246 259" fill="none" stroke="#8e5830" stroke-width="5.500" stroke-linecap="round" stroke-linejoin="round"/>
<path d="M226 281C244 286 268 286 286 281C282 301 271 309 256 309S230 301 226 281Z" fill="#7d332c"/>
<path d="M233 283.500C248 287 264 287 279 283.500C275 293 267 296 256 296S237 293 233 283.500Z" fill="#fff"/>
</svg>`;

// The build hands over a style sheet as its minified text, ready for `CSSStyleSheet.replaceSync`.
declare module "*.css" {
  const css: string;
  // biome-ignore lint/style/noDefaultExport: the shape that an imported file has
  export default css;
}

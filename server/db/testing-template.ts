/** The migrated database that each test database is copied from. */
export const testTemplateName = "foyer_template";

export function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

import type { ComponentChildren } from "preact";
import type { Desk } from "../models/desk.ts";
import type { Section } from "../models/place.ts";
import { auditText } from "../text/audit.ts";
import { integrationsText } from "../text/integrations.ts";
import { ssoText } from "../text/sso.ts";
import { settingsText } from "../text/workspace.ts";
import { Empty } from "../ui/Empty.tsx";
import { AuditSection } from "./AuditSection.tsx";
import { DangerSection } from "./DangerSection.tsx";
import { IntegrationsSection } from "./IntegrationsSection.tsx";
import { SectionPage } from "./SectionPage.tsx";
import { SitesSection } from "./SitesSection.tsx";
import { SsoSection } from "./SsoSection.tsx";
import { WorkspaceSection } from "./WorkspaceSection.tsx";

type Part = { section: Section; label: string; view: (desk: Desk) => ComponentChildren };

const { tabs } = settingsText;
const parts: readonly Part[] = [
  { section: "workspace", label: tabs.workspace, view: (desk) => <WorkspaceSection desk={desk} /> },
  { section: "sites", label: tabs.sites, view: (desk) => <SitesSection desk={desk} /> },
  {
    section: "integrations",
    label: integrationsText.tab,
    view: (desk) => <IntegrationsSection desk={desk} />,
  },
  { section: "sign-in", label: ssoText.tab, view: (desk) => <SsoSection desk={desk} /> },
  { section: "audit", label: auditText.tab, view: (desk) => <AuditSection desk={desk} /> },
  { section: "danger", label: tabs.danger, view: (desk) => <DangerSection desk={desk} /> },
];

/** What admins set for everybody. */
export function SettingsPage({ desk }: { desk: Desk }) {
  if (desk.session.value.member.role !== "admin") {
    return (
      <Empty icon="settings" title={settingsText.forAdmins}>
        <p>{settingsText.forAdminsWords}</p>
      </Empty>
    );
  }
  const wanted = desk.places.place.value.section;
  const part = parts.find(({ section }) => section === wanted) ?? parts[0];
  if (!part) return null;
  const ailing = desk.doctor.ailing.value;
  const badge = { count: ailing, label: integrationsText.doctor.count(ailing) };
  return (
    <SectionPage
      desk={desk}
      page="settings"
      title={settingsText.title}
      sections={parts.map((each) => (each.section === "integrations" ? { ...each, badge } : each))}
      current={part.section}
    >
      {part.view(desk)}
    </SectionPage>
  );
}

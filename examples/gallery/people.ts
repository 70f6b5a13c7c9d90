import { arjunPortrait } from "../../server/demo/portraits/arjun.ts";
import { imogenPortrait } from "../../server/demo/portraits/imogen.ts";
import { zoePortrait } from "../../server/demo/portraits/zoe.ts";
import type { MemberId } from "../../shared/model/ids.ts";
import type { Presence, RepCard } from "../../shared/model/people.ts";

// Invented people for the gallery, with the demo's drawn portraits.

const face = (svg: string) => `data:image/svg+xml,${encodeURIComponent(svg)}`;

const person = (
  number: number,
  firstName: string,
  lastName: string,
  jobTitle: string,
  presence: Presence,
  photoUrl: string | null,
): RepCard => ({
  id: `00000000-0000-4000-8000-00000000000${number}` as MemberId,
  firstName,
  lastName,
  jobTitle,
  presence,
  photoUrl,
});

export const nora = person(1, "Nora", "Lindqvist", "Solutions Engineer 🎧", "available", face(zoePortrait));
export const tomas = person(2, "Tomás", "Ferreira", "Account Executive", "busy", face(arjunPortrait));
export const ada = person(3, "Adaeze", "Obi", "Head of Customer Care", "away", face(imogenPortrait));
export const long = person(
  4,
  "Maximiliana-Wilhelmina",
  "von und zu Hohenstein-Rabenfels",
  "Senior Principal International Partnerships and Ecosystems Coordinator",
  "available",
  null,
);
export const team = [nora, tomas, ada];

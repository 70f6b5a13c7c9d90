/** How the widget looks on one site; set by the admin. */
export type SiteLook = {
  /** `#rrggbb`. */
  color: string;
  position: "right" | "left";
  companyName: string;
};

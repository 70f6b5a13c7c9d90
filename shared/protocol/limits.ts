/** Every bound that both sides keep. Characters are UTF-16 units, as `String.length` counts them. */
export const limits = {
  messageChars: 4_000,
  noteChars: 4_000,
  nameChars: 80,
  emailChars: 254,
  jobTitleChars: 80,
  phoneChars: 40,
  phoneExtensionChars: 10,
  photoBytes: 10 * 1_024 * 1_024,
  /** NIST SP 800-63B: length is what counts, and nothing above it is asked for. */
  passwordLeastChars: 10,
  passwordChars: 200,
  /** A proof of who one is counts this long before what is hard to take back. */
  proofMinutes: 10,
  /** How long a mailed link to a new password is good. */
  resetMinutes: 60,
  greetingChars: 200,
  /** Origins of one site. */
  siteOrigins: 20,
  sitesPerWorkspace: 50,
  /** Of the logo as the page sends it; the page makes it small first. A JSON body may have 65,536 bytes. */
  logoBase64Chars: 60_000,
  /** From "delete everything" until it is done; any admin may take it back meanwhile. */
  deletionDays: 7,
  urlChars: 2_000,
  titleChars: 200,
  meetingNoteChars: 1_000,
  searchChars: 100,
  cannedTitleChars: 60,
  /** Facts sent in one answer. */
  pageFacts: 100,
  /** Pages of a visit that are kept. */
  trailPages: 50,
  /** Bytes of one socket packet; the longest message in four-byte characters fits. */
  packetBytes: 32_768,
  /** Bytes waiting for a slow reader before the link is cut; it resyncs when it comes back. */
  waitingBytes: 1_048_576,
  /** The frame tells of itself this often. */
  beatSeconds: 15,
  /** After this silence an open chat asks for what it may have missed; that question is the heartbeat too. */
  tailCheckSeconds: 8,
  /** How long a slot is kept while the form is filled. */
  holdMinutes: 5,
  /** Open bookings one visitor may have. */
  openMeetingsPerVisitor: 3,
  typeNameChars: 80,
  typeDescriptionChars: 600,
  /** Hosts of one meeting type. */
  typeHosts: 200,
  /** Of one workspace. */
  meetingTypes: 100,
  hostNotesChars: 4_000,
  /** Of one answer to a question of the booking form. */
  answerChars: 1_000,
  teamNameChars: 60,
  /** Of one workspace. */
  teams: 200,
  members: 5_000,
  /** Invited at a time; and the text they are named in, which must fit into a request. */
  invitePeople: 500,
  inviteChars: 48_000,
  /** How long an invitation can be used. */
  invitationDays: 7,
} as const;

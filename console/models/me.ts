import { batch, computed, createModel, signal } from "@preact/signals";
import type { RepCard } from "../../shared/model/people.ts";
import type { ErrorCode, Refusal } from "../../shared/protocol/errors.ts";
import { limits } from "../../shared/protocol/limits.ts";
import type { MyProfile, PhotoCrop, PhotoProblem } from "../../shared/protocol/profile-routes.ts";
import type { ApiCall, OwnBrowser, PhotoUpload } from "../ports.ts";

export type Me = InstanceType<typeof MeModel>;
export type ProfileDraft = {
  firstName: string;
  lastName: string;
  jobTitle: string;
  phone: string;
  phoneExtension: string;
  zone: string;
  language: string;
  movesHours: boolean;
};
/** What is wrong with a photo: the file, or the way to the server. */
export type PhotoTrouble = { photo: PhotoProblem } | { code: ErrorCode };

/** What I tell of myself: a draft beside what is saved; the photo is saved at once. */
export const MeModel = createModel((call: ApiCall, upload: PhotoUpload, browser: OwnBrowser) => {
  const saved = signal<MyProfile | null>(null);
  const draft = signal<ProfileDraft | null>(null);
  /** The draft as it was before anything was typed. */
  const clean = signal<ProfileDraft | null>(null);
  const problem = signal<ErrorCode | null>(null);
  /** The field that the server refused. */
  const refused = signal<keyof ProfileDraft | null>(null);
  const isSaving = signal(false);
  const isSaved = signal(false);
  const isUploading = signal(false);
  const trouble = signal<PhotoTrouble | null>(null);

  const isDirty = computed(() => JSON.stringify(draft.value) !== JSON.stringify(clean.value));
  const isConfirmed = computed(
    () =>
      saved.value !== null && saved.value.profileConfirmedAt !== null && saved.value.zoneConfirmedAt !== null,
  );
  const isValid = computed(() => (draft.value?.firstName.trim() ?? "") !== "");

  function take(profile: MyProfile): void {
    batch(() => {
      saved.value = profile;
      clean.value = draftOf(profile, browser);
    });
  }

  function takePhoto(answer: ({ ok: true } & { profile: MyProfile }) | Refusal): boolean {
    isUploading.value = false;
    if (answer.ok) {
      // What is typed meanwhile is another matter.
      if (saved.value) saved.value = { ...saved.value, photoUrl: answer.profile.photoUrl };
      return true;
    }
    trouble.value = answer.photo ? { photo: answer.photo } : { code: answer.code };
    return false;
  }

  return {
    saved,
    draft,
    problem,
    refused,
    isSaving,
    isSaved,
    isUploading,
    trouble,
    isDirty,
    isConfirmed,
    isValid,
    /** The browser stands in another zone than the one that is chosen. */
    otherZone: computed(() => {
      const chosen = draft.value?.zone;
      return chosen === undefined || chosen === browser.zone ? null : browser.zone;
    }),
    /** As a visitor sees me, with what is being typed. */
    card: computed<RepCard | null>(() => {
      if (saved.value === null || draft.value === null) return null;
      const { firstName, lastName, jobTitle } = draft.value;
      const line = (words: string) => words.replace(/\s+/g, " ").trim();
      return {
        id: saved.value.id,
        firstName: line(firstName),
        lastName: line(lastName),
        jobTitle: line(jobTitle),
        photoUrl: saved.value.photoUrl,
        presence: "available",
      };
    }),
    async load() {
      const answer = await call("GET /api/me/profile", {});
      problem.value = answer.ok ? null : answer.code;
      if (!answer.ok) return;
      const wasDirty = isDirty.peek();
      take(answer.profile);
      if (!wasDirty) draft.value = clean.peek();
    },
    edit(change: Partial<ProfileDraft>) {
      if (!draft.value) return;
      batch(() => {
        if (draft.value) draft.value = { ...draft.value, ...change };
        isSaved.value = false;
        if (refused.value !== null && refused.value in change) refused.value = null;
      });
    },
    undo() {
      batch(() => {
        draft.value = clean.value;
        problem.value = null;
        refused.value = null;
      });
    },
    async save(): Promise<boolean> {
      const typed = draft.value;
      if (!typed || !isValid.value || isSaving.value) return false;
      isSaving.value = true;
      problem.value = null;
      const answer = await call("PUT /api/me/profile", {
        ...typed,
        movesHours: typed.movesHours && typed.zone !== saved.peek()?.hoursZone,
      });
      isSaving.value = false;
      if (!answer.ok) {
        const field = answer.code === "invalid_input" ? answer.field : undefined;
        if (field !== undefined && field in typed)
          refused.value = field as keyof ProfileDraft; // Just looked up.
        else problem.value = answer.code;
        return false;
      }
      batch(() => {
        take(answer.profile);
        // What was typed while the answer was under way stays a draft.
        if (draft.peek() === typed) draft.value = clean.peek();
        isSaved.value = draft.peek() === clean.peek();
      });
      return true;
    },
    /** What can be said of a file before it is sent; null: it may be opened. */
    check(file: { type: string; size: number }): PhotoProblem | null {
      if (file.type !== "image/jpeg" && file.type !== "image/png") return "not_a_photo";
      return file.size > limits.photoBytes ? "too_large" : null;
    },
    complain(photo: PhotoProblem | null) {
      trouble.value = photo === null ? null : { photo };
    },
    async uploadPhoto(file: Blob, crop: PhotoCrop): Promise<boolean> {
      isUploading.value = true;
      trouble.value = null;
      return takePhoto(await upload(file, crop));
    },
    async removePhoto(): Promise<boolean> {
      isUploading.value = true;
      trouble.value = null;
      return takePhoto(await call("POST /api/me/photo/remove", {}));
    },
  };
});

function draftOf(profile: MyProfile, browser: OwnBrowser): ProfileDraft {
  const { firstName, lastName, jobTitle } = profile;
  const isNew = profile.zoneConfirmedAt === null;
  return {
    firstName,
    lastName,
    jobTitle,
    phone: profile.phone ?? "",
    phoneExtension: profile.phoneExtension ?? "",
    // Until the person has said so, what the browser knows is the better guess.
    zone: isNew ? browser.zone : profile.zone,
    language: profile.language,
    // Hours that went with the zone so far go on doing so.
    movesHours: isNew || profile.hoursZone === profile.zone,
  };
}

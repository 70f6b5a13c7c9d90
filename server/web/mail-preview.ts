import { Router } from "express";
import type { MailId, WorkspaceId } from "../../shared/model/ids.ts";
import type { MemberAccess } from "../accounts/session.ts";
import { AppError } from "../errors.ts";

export type MailPreviewDeps = {
  publicUrl: string;
  memberOfCookies(cookies: string | undefined): Promise<Pick<MemberAccess, "workspaceId" | "role"> | null>;
  /** The mail's HTML; throws `not_found` when this workspace has no such mail. */
  readMail(workspaceId: WorkspaceId, id: MailId): Promise<string>;
};

/**
 * `GET /mail-preview/:id`, for a frame in the console's demo mailbox. Mails are made of inline styles, which the
 * console's own policy forbids and every frame written into it would inherit; so a mail is a page of its own, whose
 * policy lets it look like something and do nothing.
 */
export function mailPreviewRoutes({ publicUrl, memberOfCookies, readMail }: MailPreviewDeps): Router {
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `img-src 'self' ${publicUrl} data:`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    "sandbox allow-popups allow-popups-to-escape-sandbox",
  ].join("; ");

  const routes = Router();
  routes.get("/mail-preview/:id", (request, response, next) => {
    answer().catch(next);

    async function answer() {
      const member = await memberOfCookies(request.headers.cookie);
      const id = request.params.id;
      if (member === null) throw new AppError("unauthenticated");
      if (member.role !== "admin") throw new AppError("forbidden");
      if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new AppError("not_found");
      const html = await readMail(member.workspaceId, id as MailId); // The pattern has just proved it.
      response.removeHeader("X-Frame-Options");
      response.setHeader("Content-Security-Policy", policy);
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(html.replace(/<head>/i, '<head><base target="_blank">'));
    }
  });
  return routes;
}

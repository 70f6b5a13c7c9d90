import type { Fact } from "../../shared/model/facts.ts";
import type {
  ConversationId,
  MemberId,
  RequestId,
  SiteId,
  VisitorId,
  WorkspaceId,
} from "../../shared/model/ids.ts";

/**
 * What one process tells all others (and itself) after a commit: that something changed, never the thing itself. A lost
 * hint only delays: screens ask for what they miss, and boards, teams and offers are looked at again by the clock.
 */
export type Hint =
  | {
      kind: "facts";
      workspaceId: WorkspaceId;
      conversationId: ConversationId;
      visitorId: VisitorId;
      /** Numbers of the new facts, both included. */
      from: number;
      to: number;
    }
  | { kind: "conversation"; workspaceId: WorkspaceId; conversationId: ConversationId; visitorId: VisitorId }
  | { kind: "opened"; workspaceId: WorkspaceId; conversationId: ConversationId; visitorId: VisitorId }
  | { kind: "request"; workspaceId: WorkspaceId; conversationId: ConversationId; visitorId: VisitorId }
  | { kind: "offers"; workspaceId: WorkspaceId; requestId: RequestId }
  | { kind: "marks"; workspaceId: WorkspaceId; conversationId: ConversationId; visitorId: VisitorId }
  | {
      kind: "typing";
      conversationId: ConversationId;
      visitorId: VisitorId;
      by: "visitor" | MemberId;
      isTyping: boolean;
    }
  | { kind: "team"; workspaceId: WorkspaceId }
  | { kind: "board"; workspaceId: WorkspaceId }
  | { kind: "meetings"; workspaceId: WorkspaceId; hostId: MemberId }
  /** A rep looks at this visitor: its frame shall open its socket. */
  | { kind: "watched"; visitorId: VisitorId }
  | { kind: "session_ended"; memberId: MemberId }
  /** A site was changed or removed: what is kept of sites is out of date, and links of a removed one must go. */
  | { kind: "sites"; removed?: SiteId }
  /** What admins steer, or how outside accounts are, was changed: consoles that show it look again. */
  | {
      kind: "settings";
      workspaceId: WorkspaceId;
      of: "people" | "workspace" | "connections" | "meeting_types";
    }
  /** A workspace is being deleted: whoever is linked to it must go. */
  | { kind: "workspace_gone"; workspaceId: WorkspaceId }
  /** This process missed hints for a while: look at everything again. */
  | { kind: "missed" };

/** A hint of kind `facts` carries them within the process that stored them, so that it need not read them back. */
export type HintListener = (hint: Hint, facts: readonly Fact[] | null) => void;

/** Tells hints to every process. Publishing never fails and never waits. */
export interface Bus {
  publish(hint: Hint, facts?: readonly Fact[]): void;
  subscribe(listener: HintListener): () => void;
  close(): Promise<void>;
}

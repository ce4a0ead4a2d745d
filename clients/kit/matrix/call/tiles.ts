/**
 * Pictures and sound of a call on this page. What comes in clear is never attached, and not even taken from the media server: it could
 * be anybody's. A picture is attached once its key is here: only then the media server sends its full size, which begins with a whole
 * frame. One that came before its key would be lost, and the next is asked for a second later.
 */
import { type Participant, type RemoteTrackPublication, type Room, Track } from "livekit-client";
import type { Source } from "./view.ts";

interface Shown {
  identity: string;
  source: "camera" | "screen";
  attached: Track | null;
}

export const SOURCES: Readonly<Record<string, Source>> = {
  [Track.Source.Microphone]: "microphone",
  [Track.Source.Camera]: "camera",
  [Track.Source.ScreenShare]: "screen",
};

export class Tiles {
  private readonly room: Room;
  private readonly hasKey: (identity: string) => boolean;
  private readonly shown = new Map<HTMLVideoElement, Shown>();
  private readonly heard = new Map<Track, HTMLMediaElement>();

  constructor(room: Room, hasKey: (identity: string) => boolean) {
    this.room = room;
    this.hasKey = hasKey;
  }

  show(identity: string, source: "camera" | "screen", video: HTMLVideoElement): () => void {
    this.hide(video);
    this.shown.set(video, { identity, source, attached: null });
    this.refresh();
    return () => this.hide(video);
  }

  /** Makes what is attached be what should be; called whenever anything changed. */
  refresh(): void {
    const audible = new Set<Track>();
    for (const participant of this.room.remoteParticipants.values()) {
      for (const publication of participant.trackPublications.values()) {
        const { track, isEncrypted, kind } = publication;
        if (publication.isDesired !== isEncrypted) publication.setSubscribed(isEncrypted);
        if (isEncrypted && track !== undefined && kind === Track.Kind.Audio) audible.add(track);
      }
    }
    for (const [track, element] of [...this.heard]) if (!audible.has(track)) this.silence(track, element);
    for (const track of audible) if (!this.heard.has(track)) this.heard.set(track, track.attach());
    for (const [video, shown] of this.shown) this.place(video, shown);
  }

  /** Whether somebody sends something that this device takes. */
  isSent(): boolean {
    return this.senders().length > 0;
  }

  /** Who sends something that this device takes. */
  senders(): string[] {
    const sending = [...this.room.remoteParticipants.values()].filter((participant) =>
      [...participant.trackPublications.values()].some(isTaken),
    );
    return sending.map(({ identity }) => identity);
  }

  clear(): void {
    for (const [track, element] of [...this.heard]) this.silence(track, element);
    for (const video of [...this.shown.keys()]) this.hide(video);
  }

  private place(video: HTMLVideoElement, shown: Shown): void {
    const track = this.pictureOf(shown);
    if (track === shown.attached) return;
    shown.attached?.detach(video);
    track?.attach(video);
    shown.attached = track;
  }

  private pictureOf({ identity, source }: Shown): Track | null {
    const { localParticipant: me, remoteParticipants } = this.room;
    const participant: Participant | undefined =
      identity === me.identity ? me : remoteParticipants.get(identity);
    const wanted = source === "camera" ? Track.Source.Camera : Track.Source.ScreenShare;
    const publication = participant?.getTrackPublication(wanted);
    if (publication?.track === undefined) return null;
    const isReadable = participant?.isLocal || (publication.isEncrypted && this.hasKey(identity));
    return isReadable ? publication.track : null;
  }

  private hide(video: HTMLVideoElement): void {
    this.shown.get(video)?.attached?.detach(video);
    this.shown.delete(video);
  }

  private silence(track: Track, element: HTMLMediaElement): void {
    track.detach(element);
    element.remove();
    this.heard.delete(track);
  }
}

/** A picture that nobody looks at is not sent to this device, nor one that the line is too weak for. */
function isTaken(publication: RemoteTrackPublication): boolean {
  const { track, isMuted, isEncrypted, isEnabled } = publication;
  return (
    track !== undefined &&
    isEncrypted &&
    !isMuted &&
    isEnabled &&
    track.streamState === Track.StreamState.Active
  );
}

/** Who is in a call, as tiles: pure, over what the media server's client knows of each participant. */
import type { CallMember, LinkQuality } from "./types.ts";

export type Source = "microphone" | "camera" | "screen";

export interface PeerTrack {
  source: Source;
  isMuted: boolean;
  isEncrypted: boolean;
}

export interface Peer {
  identity: string;
  userId: string;
  name: string;
  isSelf: boolean;
  isSpeaking: boolean;
  quality: LinkQuality;
  tracks: readonly PeerTrack[];
}

/** Oneself first, the others as they came. */
export function membersOf(peers: readonly Peer[]): CallMember[] {
  return [...peers.filter((peer) => peer.isSelf), ...peers.filter((peer) => !peer.isSelf)].map(memberOf);
}

function memberOf({ tracks, ...peer }: Peer): CallMember {
  const find = (source: Source) => tracks.find((track) => track.source === source);
  const microphone = find("microphone");
  const shows = (source: Source) => find(source)?.isMuted === false;
  return {
    identity: peer.identity,
    userId: peer.userId,
    name: peer.name,
    isSelf: peer.isSelf,
    microphone: microphone === undefined ? "absent" : microphone.isMuted ? "muted" : "on",
    camera: shows("camera") ? "on" : "off",
    screen: shows("screen"),
    isSpeaking: peer.isSpeaking && microphone?.isMuted === false,
    quality: peer.quality,
    isEncrypted: tracks.every((track) => track.isEncrypted),
  };
}

/** Whether nothing changed: then nobody draws. */
export function areSame(some: readonly CallMember[], others: readonly CallMember[]): boolean {
  return some.length === others.length && some.every((member, index) => isSame(member, others[index]));
}

function isSame(one: CallMember, other: CallMember | undefined): boolean {
  if (other === undefined) return false;
  return (Object.keys(one) as (keyof CallMember)[]).every((key) => one[key] === other[key]);
}

/** `@user:server:DEVICE`, the identity of a membership by state event: who that is. `null` for any other form. */
export function userOfIdentity(identity: string): string | null {
  const end = identity.lastIndexOf(":");
  return identity.startsWith("@") && end > identity.indexOf(":") ? identity.slice(0, end) : null;
}

import { type Room, Track } from "livekit-client";
import { expect, test, vi } from "vitest";
import { Tiles } from "./tiles.ts";

type Published = ReturnType<typeof published>;

function published(
  source: Track.Source,
  part: { isEncrypted?: boolean; isMuted?: boolean; isEnabled?: boolean } = {},
) {
  const kind = source === Track.Source.Microphone ? Track.Kind.Audio : Track.Kind.Video;
  const element = { remove: vi.fn() };
  const track = { streamState: Track.StreamState.Active, attach: vi.fn(() => element), detach: vi.fn() };
  const publication = {
    kind,
    source,
    track,
    isDesired: true,
    isEncrypted: true,
    isMuted: false,
    isEnabled: true,
    setSubscribed: vi.fn((wanted: boolean) => {
      publication.isDesired = wanted;
    }),
    ...part,
  };
  return publication;
}

function roomOf(others: Record<string, Published[]>, own: Published[] = []) {
  const participant = (identity: string, isLocal: boolean, tracks: Published[]) => ({
    identity,
    isLocal,
    trackPublications: new Map(tracks.map((one, index) => [String(index), one])),
    getTrackPublication: (source: Track.Source) => tracks.find((one) => one.source === source),
  });
  const remoteParticipants = new Map(
    Object.entries(others).map(([id, tracks]) => [id, participant(id, false, tracks)]),
  );
  return { localParticipant: participant("me", true, own), remoteParticipants } as unknown as Room;
}

const video = {} as HTMLVideoElement;
const tilesOf = (room: Room, hasKey = () => true) => new Tiles(room, hasKey);

test("sound is played once, and let go with its track", () => {
  const voice = published(Track.Source.Microphone);
  const room = roomOf({ anna: [voice] });
  const tiles = tilesOf(room);
  tiles.refresh();
  tiles.refresh();
  expect(voice.track.attach).toHaveBeenCalledOnce();
  room.remoteParticipants.clear();
  tiles.refresh();
  expect(voice.track.detach).toHaveBeenCalledOnce();
});

test("what comes in clear is neither heard nor shown nor even taken", () => {
  const voice = published(Track.Source.Microphone, { isEncrypted: false });
  const picture = published(Track.Source.Camera, { isEncrypted: false });
  const tiles = tilesOf(roomOf({ anna: [voice, picture] }));
  tiles.show("anna", "camera", video);
  for (const one of [voice, picture]) {
    expect(one.setSubscribed).toHaveBeenCalledWith(false);
    expect(one.track.attach).not.toHaveBeenCalled();
  }
  expect(tiles.isSent()).toBe(false);
});

test("a picture that cannot be read yet is not attached; with its key it is", () => {
  const camera = published(Track.Source.Camera);
  let hasKey = false;
  const tiles = tilesOf(roomOf({ anna: [camera] }), () => hasKey);
  tiles.show("anna", "camera", video);
  expect(camera.track.attach).not.toHaveBeenCalled();
  hasKey = true;
  tiles.refresh();
  expect(camera.track.attach).toHaveBeenCalledWith(video);
});

test("sound that loses its protection in the middle is silenced", () => {
  const voice = published(Track.Source.Microphone);
  const tiles = tilesOf(roomOf({ anna: [voice] }));
  tiles.refresh();
  voice.isEncrypted = false;
  tiles.refresh();
  expect(voice.track.detach).toHaveBeenCalledOnce();
});

test("a picture is shown when it comes, changes with its track, and ends when it is not wanted any more", () => {
  const camera = published(Track.Source.Camera);
  const tracks: Published[] = [];
  const tiles = tilesOf(roomOf({ anna: tracks }));
  const hide = tiles.show("anna", "camera", video);
  tracks.push(camera);
  tiles.refresh();
  expect(camera.track.attach).toHaveBeenCalledWith(video);
  tracks[0] = published(Track.Source.Camera);
  tiles.refresh();
  expect(camera.track.detach).toHaveBeenCalledWith(video);
  expect(tracks[0].track.attach).toHaveBeenCalledWith(video);
  hide();
  expect(tracks[0].track.detach).toHaveBeenCalledWith(video);
});

test("one's own picture is shown though nothing encrypts it on the way to oneself", () => {
  const camera = published(Track.Source.Camera, { isEncrypted: false });
  tilesOf(roomOf({}, [camera])).show("me", "camera", video);
  expect(camera.track.attach).toHaveBeenCalledWith(video);
});

test("muted, not looked at, or held back by the media server: nothing is awaited", () => {
  const of = (one: Published) => tilesOf(roomOf({ anna: [one] })).isSent();
  expect(of(published(Track.Source.Microphone))).toBe(true);
  expect(of(published(Track.Source.Microphone, { isMuted: true }))).toBe(false);
  expect(of(published(Track.Source.Camera, { isEnabled: false }))).toBe(false);
  const paused = published(Track.Source.Camera);
  paused.track.streamState = Track.StreamState.Paused;
  expect(of(paused)).toBe(false);
});

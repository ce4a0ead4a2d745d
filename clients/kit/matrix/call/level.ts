/** How loud a microphone is, for whoever looks at a meter or at a wave. */

const LEVEL_MS = 80;
/** Speech at a usual distance reaches a tenth of full scale: the meter shall move visibly. */
const LEVEL_GAIN = 6;

/** Tells the level of the latest `size` samples, 0 to 1, until it is ended, which may be more than once. */
export function meter(stream: MediaStream, size: number, tell: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = size;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    tell(levelOf(samples));
  }, LEVEL_MS);
  let isOver = false;
  return () => {
    clearInterval(timer);
    if (isOver) return;
    isOver = true;
    void context.close();
  };
}

/** Root mean square of samples of -1 to 1, raised so that speech fills the meter. */
export function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
  return Math.min(1, Math.sqrt(power) * LEVEL_GAIN);
}

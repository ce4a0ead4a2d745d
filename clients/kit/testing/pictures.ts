/** People and screens drawn on a canvas, for looking at calls without cameras. */

/** A moving picture of somebody, or of a screen; nothing where there is no canvas (tests). */
export function pictureInto(video: HTMLVideoElement, who: string): () => void {
  const canvas = document.createElement("canvas");
  canvas.width = who === "screen" ? 1280 : 960;
  canvas.height = 720;
  if (typeof canvas.captureStream !== "function") return () => undefined;
  const context = canvas.getContext("2d");
  if (context === null) return () => undefined;
  const draw = () => (who === "screen" ? drawScreen(context) : drawPerson(context, who));
  draw();
  video.srcObject = canvas.captureStream(5);
  const timer = setInterval(draw, 200);
  return () => {
    clearInterval(timer);
    video.srcObject = null;
  };
}

function drawPerson(context: CanvasRenderingContext2D, who: string): void {
  const { width, height } = context.canvas;
  const hue = who === "self" ? 30 : who === "doctor" ? 205 : 150;
  const wall = context.createLinearGradient(0, 0, width, height);
  wall.addColorStop(0, `hsl(${hue} 30% 78%)`);
  wall.addColorStop(1, `hsl(${hue} 24% 58%)`);
  context.fillStyle = wall;
  context.fillRect(0, 0, width, height);
  context.fillStyle = who === "self" ? "hsl(12 40% 45%)" : "hsl(0 0% 94%)";
  context.beginPath();
  context.ellipse(width / 2, height * 1.06, width * 0.3, height * 0.42, 0, 0, Math.PI * 2);
  context.fill();
  context.fillStyle = "hsl(24 45% 72%)";
  context.fillRect(width * 0.46, height * 0.52, width * 0.08, height * 0.2);
  context.beginPath();
  context.ellipse(width / 2, height * 0.42, width * 0.115, height * 0.2, 0, 0, Math.PI * 2);
  context.fill();
  context.fillStyle = who === "self" ? "hsl(30 12% 62%)" : "hsl(22 40% 24%)";
  context.beginPath();
  context.ellipse(width / 2, height * 0.33, width * 0.13, height * 0.14, 0, Math.PI, Math.PI * 2);
  context.fill();
  context.fillStyle = "hsl(20 30% 25%)";
  for (const side of [-1, 1]) {
    context.beginPath();
    context.arc(width / 2 + side * width * 0.045, height * 0.41, 8, 0, Math.PI * 2);
    context.fill();
  }
  context.fillRect(width * 0.475, height * 0.515, width * 0.05, 5);
}

function drawScreen(context: CanvasRenderingContext2D): void {
  const { width, height } = context.canvas;
  context.fillStyle = "#f4f6f8";
  context.fillRect(0, 0, width, height);
  context.fillStyle = "#2b3a42";
  context.font = "600 40px sans-serif";
  context.fillText("Blood count, 26 November", 80, 110);
  context.font = "30px sans-serif";
  ["Haemoglobin   128 g/l", "Leukocytes   6.1 ·10⁹/l", "Platelets   244 ·10⁹/l", "ESR   9 mm/h"].forEach(
    (line, row) => {
      context.fillStyle = row % 2 === 0 ? "#e6ebef" : "#f4f6f8";
      context.fillRect(60, 160 + row * 100, width - 120, 90);
      context.fillStyle = "#2b3a42";
      context.fillText(line, 90, 216 + row * 100);
    },
  );
}

/** The one screen without brand and words: the very first visit found no network. In both languages, because none is known. */

export function showBootFailure(frame: HTMLElement): void {
  const box = document.createElement("main");
  box.className = "boot-failure";
  const title = document.createElement("h1");
  title.textContent = "Нет связи · No connection";
  const text = document.createElement("p");
  text.textContent =
    "Приложение не может открыться в первый раз без интернета. Проверьте связь и попробуйте снова. · The app needs the internet for its first start. Check the connection and try again.";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Попробовать снова · Try again";
  button.addEventListener("click", () => location.reload());
  box.append(title, text, button);
  frame.replaceChildren(box);
}

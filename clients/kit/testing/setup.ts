/** What jsdom lacks and the components need; runs before each test file. */
import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";

/** Test files share a page: none finds what another left. */
afterEach(() => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
});

/** Nothing moves for whoever wants no motion, so that what is opened can be seen at once. */
Object.defineProperty(window, "matchMedia", {
  configurable: true,
  value: (query: string) => ({
    matches: query.includes("prefers-reduced-motion: reduce"),
    media: query,
    onchange: null,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
    addListener: vi.fn(),
    removeListener: vi.fn(),
    dispatchEvent: vi.fn(),
  }),
});

/** A field that grows with its text measures again when a font has come. */
Object.defineProperty(document, "fonts", { configurable: true, value: new EventTarget() });

/** Says once that what is watched has a size, so that virtual lists draw their rows. */
class ResizeObserverStandIn implements ResizeObserver {
  private readonly callback: ResizeObserverCallback;
  constructor(callback: ResizeObserverCallback) {
    this.callback = callback;
  }
  observe(target: Element): void {
    const height = target.getAttribute("role") === "group" ? 800 : 40;
    const entry = { target, contentRect: new DOMRect(0, 0, 400, height) } as unknown as ResizeObserverEntry;
    queueMicrotask(() => this.callback([entry], this));
  }
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver = ResizeObserverStandIn;
globalThis.DOMRect ??= class {
  constructor(
    readonly x: number,
    readonly y: number,
    readonly width: number,
    readonly height: number,
  ) {}
} as unknown as typeof DOMRect;
Object.defineProperty(HTMLElement.prototype, "offsetParent", { get: () => document.body });

HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
  this.open = false;
};
URL.createObjectURL ??= () => "blob:pretend";
URL.revokeObjectURL ??= () => undefined;
Element.prototype.scrollTo ??= () => undefined;
Element.prototype.scrollIntoView ??= () => undefined;

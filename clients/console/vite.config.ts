/** Build of the console. */
import { consiliumApp } from "@consilium/kit/vite";
import { defineConfig } from "vite";

export default defineConfig(consiliumApp(5174));

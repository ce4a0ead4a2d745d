/** The console's own defaults for Mantine's components; colours and type stay the brand's. */
import { createTheme, MantineThemeProvider } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";

/** `close`: what the cross of a dialog is called. */
function consoleTheme(close: string) {
  const closeButtonProps = { "aria-label": close };
  return createTheme({
    components: {
      // The first item takes the focus, so that a menu opened by a key goes on by keys.
      Menu: {
        defaultProps: {
          withInitialFocusPlaceholder: false,
          shadow: "md",
          transitionProps: { duration: 100 },
        },
      },
      // The page itself never scrolls; locking it would only write a style that the page's policy refuses.
      // On a high screen a dialog comes down to where the eyes are.
      Modal: {
        defaultProps: {
          closeButtonProps,
          lockScroll: false,
          transitionProps: { duration: 120 },
          yOffset: "clamp(5dvh, 100dvh - 56rem, 18dvh)",
        },
      },
      Drawer: { defaultProps: { closeButtonProps, lockScroll: false, transitionProps: { duration: 120 } } },
      Tooltip: { defaultProps: { openDelay: 400, withArrow: false } },
      Button: { defaultProps: { fw: 600 } },
    },
  });
}

export function ConsoleTheme({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const theme = useMemo(() => consoleTheme(t("close")), [t]);
  return <MantineThemeProvider theme={theme}>{children}</MantineThemeProvider>;
}

/** When a screen breaks: says so and offers to begin again, instead of a white page. */
import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "./ErrorNotice.tsx";

interface Props {
  children: ReactNode;
  /** Another value (an address) tries the screen again. */
  resetKey?: string;
}

export class ErrorBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.broken && before.resetKey !== this.props.resetKey) this.setState({ broken: false });
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useTranslation("kit");
  return (
    <ErrorNotice
      title={t("broken.title")}
      text={t("broken.text")}
      action={{ label: t("broken.again"), onClick: () => location.reload() }}
    />
  );
}

/** Keeps a failure in one part of the desk from taking the rest with it. */
import { ErrorNotice } from "@consilium/kit/ui";
import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Loadable.module.css";

interface FenceProps {
  /** Another value (another consultation, another section) is another try. */
  of: string;
  children: ReactNode;
}

interface FenceState {
  readonly failed: boolean;
  readonly of: string;
}

export class Fence extends Component<FenceProps, FenceState> {
  override state: FenceState = { failed: false, of: this.props.of };

  static getDerivedStateFromError(): Partial<FenceState> {
    return { failed: true };
  }

  static getDerivedStateFromProps(props: FenceProps, state: FenceState): Partial<FenceState> | null {
    return props.of === state.of ? null : { failed: false, of: props.of };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <Broken onRetry={() => this.setState({ failed: false })} />;
  }
}

function Broken({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.pad}>
      <ErrorNotice
        title={t("problem.unexpected.title")}
        text={t("problem.unexpected.text")}
        action={{ label: t("tryAgain"), onClick: onRetry }}
      />
    </div>
  );
}

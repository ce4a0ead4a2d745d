/** The tab's title says something for a while: whoever looks at another one finds this one by it. */
import { useEffect } from "react";

export function useTabTitle(title: string): void {
  useEffect(() => {
    const before = document.title;
    document.title = title;
    return () => {
      // What somebody else has said in it meanwhile stands.
      if (document.title === title) document.title = before;
    };
  }, [title]);
}

/** The notices in the order of their weight. Nothing at all in good times. */
import { useBrand } from "@consilium/kit/brand";
import { useEffect } from "react";
import { AskedQuestion } from "./AskedQuestion.tsx";
import { keepPictures } from "./brand-pictures.ts";
import { SignInElsewhere } from "./SignInElsewhere.tsx";
import { Taken } from "./Taken.tsx";
import { UpdateNotice } from "./UpdateNotice.tsx";

export function Notices() {
  const brand = useBrand();
  useEffect(() => {
    // What no worker would serve needs no pictures: a page being developed.
    if (import.meta.env.PROD && "caches" in globalThis) void keepPictures(brand, caches);
  }, [brand]);
  return (
    <>
      <SignInElsewhere />
      <AskedQuestion />
      <Taken />
      <UpdateNotice />
    </>
  );
}

/** What the patient answered when he asked, in the card beside the talk. */
import { Answers } from "../../ui/Answers.tsx";
import classes from "./ConsultationHistory.module.css";
import { useDetail } from "./useConsultation.ts";

export function ConsultationAnswers({ id }: { id: string }) {
  const answers = useDetail(id).data?.answers ?? null;
  if (answers === null) return null;
  return (
    <div className={classes.history}>
      <Answers answers={answers} />
    </div>
  );
}

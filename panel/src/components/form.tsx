// Saving forms: messages of the server stand beside their fields, and go when the field is mended.
import { Alert } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { Problem } from "@/api/problem";
import { texts } from "@/app/texts";
import { wordsOf } from "./notices";

export function useSave<Values, Result>(
  form: UseFormReturnType<Values>,
  send: (values: Values) => Promise<Result>,
  done?: (result: Result, values: Values) => void,
) {
  return useMutation({
    meta: { inForm: true },
    mutationFn: send,
    onSuccess: done,
    onError: (error) => {
      if (error instanceof Problem) form.setErrors(error.fields as Parameters<typeof form.setErrors>[0]);
    },
  });
}

/** What is wrong with a form as a whole; what is wrong with a field stands beside it. */
export function FormProblem({ error }: { error: Error | null }) {
  if (!error) return null;
  const words = error instanceof Problem && Object.keys(error.fields).length > 0 ? texts.errors.fields : wordsOf(error);
  return (
    <Alert color="red" role="alert">
      {words}
    </Alert>
  );
}

export function required(value: string): string | null {
  return value.trim() ? null : texts.errors.required;
}

// One cache of answers for the whole panel; what goes wrong in a change is told once, here.
import { MutationCache, QueryClient } from "@tanstack/react-query";
import { Problem } from "@/api/problem";
import { tellProblem } from "@/components/notices";

declare module "@tanstack/react-query" {
  interface Register {
    mutationMeta: { inForm?: boolean };
  }
}

export const queries = new QueryClient({
  mutationCache: new MutationCache({
    onError: (error, _variables, _context, mutation) => {
      // A form shows beside its fields what is wrong with them.
      if (!mutation.meta?.inForm) tellProblem(error);
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => !(error instanceof Problem) && count < 2,
      refetchOnWindowFocus: false,
    },
  },
});

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { ApiError } from "./api/problem";
import { router } from "./app/router";
import { showTheme } from "./app/theme";
import { LanguageProvider, messages } from "./i18n";
import { locale } from "./i18n/locale";
import { LiveProvider } from "./live";
import "./styles/base.css";

showTheme();
document.documentElement.lang = locale();

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => failures < 2 && ApiError.from(error).passes,
    },
  },
});

const root = document.getElementById("root");
// Not before its words are there: what waits inside makes React hold back what comes next for a third of a second.
if (root) void messages(locale()).finally(() => show(root));

function show(root: HTMLElement): void {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <Suspense>
          <LanguageProvider>
            <LiveProvider>
              <RouterProvider router={router} />
            </LiveProvider>
          </LanguageProvider>
        </Suspense>
      </QueryClientProvider>
    </StrictMode>,
  );
}

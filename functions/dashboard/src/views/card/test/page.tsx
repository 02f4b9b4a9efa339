import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from "@tanstack/react-router";
import { act, configure, render } from "@testing-library/react";
import { type ReactNode, Suspense } from "react";
import { vi } from "vitest";
import { LanguageProvider } from "~/i18n";

/** A busy machine takes its time: nothing here is about how fast it is. */
const PATIENT_MS = 20_000;
vi.setConfig({ testTimeout: 3 * PATIENT_MS });
configure({ asyncUtilTimeout: PATIENT_MS });

/** Waits until `check` passes. */
export function until(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: PATIENT_MS });
}

/** Renders something as a part of the page: with words, addresses and queries, and no server. */
export async function page(shown: ReactNode, client = new QueryClient()) {
  vi.stubGlobal("scrollTo", () => {});
  const root = createRootRoute({ component: () => <Outlet /> });
  const routes = ["/", "/inbox/$id", "/actions/$id"].map((path) =>
    createRoute({ getParentRoute: () => root, path, component: () => shown }),
  );
  const router = createRouter({
    routeTree: root.addChildren(routes),
    history: createMemoryHistory({ initialEntries: ["/"] }),
  });
  await router.load();
  const view = await act(async () =>
    render(
      <QueryClientProvider client={client}>
        <Suspense fallback="…">
          <LanguageProvider>
            <RouterProvider router={router as never} />
          </LanguageProvider>
        </Suspense>
      </QueryClientProvider>,
    ),
  );
  await until(() => {
    if (view.container.querySelector("section, form, footer, dialog, h3") === null)
      throw new Error("not there yet");
  });
  return { ...view, router };
}

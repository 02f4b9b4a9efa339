import { cleanup } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { HOSTILE } from "~/ui/inert/corpus";
import { Body } from ".";
import { Changed } from "./changed";
import { Head } from "./head";
import { State } from "./state";
import { detail, hostilePayload } from "./test/detail";
import { page } from "./test/page";

afterEach(cleanup);

/** What a card is made of; nothing else may come to be, whatever a text says. */
const ELEMENTS = new Set(
  "a,article,b,bdi,blockquote,button,code,data,dd,details,div,dl,dt,h2,h3,h4,header,li,ol,p,section,small,span,strong,summary,table,tbody,td,th,thead,time,tr,ul".split(
    ",",
  ),
);
const ATTRIBUTES = new Set(
  "aria-hidden,aria-label,aria-labelledby,aria-current,class,data-change,data-kind,data-status,datetime,href,id,role,scope,style,tabindex,title,type,value".split(
    ",",
  ),
);
const OWN_LINK = /^\/(actions|inbox)\/[0-9a-f-]{36}$/;

test.each(Object.entries(HOSTILE))("%s in every field stays a text", async (_, text) => {
  const of = detail(text, hostilePayload(text));
  const { container } = await page(
    <article>
      <Head of={of} heading={{ current: null }} />
      <Changed
        before={of}
        after={{ ...of, digest: "0", willHappen: `${text}!`, tier: text }}
        onAccept={() => {}}
      />
      <State of={of} />
      <State
        of={{
          ...of,
          status: "FAILED",
          outcome: { at: of.createdAt, detail: text, link: text, remoteId: text },
        }}
      />
      <Body of={of} />
    </article>,
  );
  const all = [...container.querySelectorAll("*")];
  expect(all.length).toBeGreaterThan(100);
  expect(container.textContent).not.toMatch(/[\u200B\u202A-\u202E\u2060-\u2069\u3164]|(?![\n\r\t])\p{Cc}/u);
  expect(
    all.filter((element) => !ELEMENTS.has(element.localName)).map((element) => element.localName),
  ).toEqual([]);
  expect(all.flatMap((element) => [...element.attributes]).filter((one) => !isOurs(one, text))).toEqual([]);
});

/** Whether an attribute is one of the page's own, and says nothing of the text. */
function isOurs({ name, value }: Attr, text: string): boolean {
  if (!ATTRIBUTES.has(name) || (name === "href" && !OWN_LINK.test(value))) return false;
  return text.length <= 3 || !value.includes(text.slice(0, 40));
}

test("the agent's words stand after the facts, in a box of their own", async () => {
  const { container } = await page(<Body of={detail("words", { type: "expense.pay", payee: "Acme" })} />);
  const headings = [...container.querySelectorAll("h3")].map((heading) => heading.textContent);
  const says = headings.indexOf("The agent says");
  const facts = ["What exactly will happen", "Why a person decides", "What must be true", "Who must agree"];
  for (const fact of facts) expect(headings.indexOf(fact)).toBeLessThan(says);
  expect(container.querySelectorAll('[class*="quoted"]')).toHaveLength(1);
});

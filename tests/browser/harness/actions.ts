/** A payment that a person has to agree to, and those that are smaller. */
export const bill = (euros: number, number: string | number) => ({
  type: "expense.pay",
  bill: `INV-${number}`,
  payee: "Paperworks BV",
  amount: { amount: euros.toFixed(2), currency: "EUR" },
});

/** A change of a daily budget. */
export const budget = (from: number, to: number, name: string) => ({
  type: "budget.adjust",
  budget: `campaign:${name}`,
  from: { amount: from.toFixed(2), currency: "EUR" },
  to: { amount: to.toFixed(2), currency: "EUR" },
});

/** A text on the shop's blog. */
export const post = (slug: string, title: string, body = "Text.") => ({
  type: "content.publish",
  channel: "blog",
  slug,
  title,
  body,
  topics: [],
});

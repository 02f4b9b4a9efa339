import { useLanguage } from "~/i18n";
import { Amount, isAmount } from "~/ui/amount";
import { minus, percentOf } from "~/ui/decimal";
import { Table } from "~/ui/page";
import { at } from "../specs";
import { useWords } from "../words";
import { Value } from "./value";

/** What of a product can be bought: price, cost, what is left of it, and how many there are. */
export function Variants({ of }: { of: unknown }) {
  const words = useWords();
  const { field } = words;
  if (!Array.isArray(of)) return null;
  return (
    <Table label={field.variants}>
      <thead>
        <tr>
          <th scope="col">{field.sku}</th>
          <th scope="col">{field.price}</th>
          <th scope="col">{field.cost}</th>
          <th scope="col">{words.margin}</th>
          <th scope="col">{field.stock}</th>
        </tr>
      </thead>
      <tbody>
        {of.map((variant: unknown, place) => (
          <tr key={place}>
            <th scope="row">
              <Value of={at(variant, "sku")} />
            </th>
            <td>
              <Amount of={at(variant, "price")} />
            </td>
            <td>
              <Amount of={at(variant, "cost")} />
            </td>
            <td>
              <Margin price={at(variant, "price")} cost={at(variant, "cost")} />
            </td>
            <td>
              <Value of={at(variant, "stock")} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Margin({ price, cost }: { price: unknown; cost: unknown }) {
  const { percent } = useLanguage();
  if (!isAmount(price) || !isAmount(cost) || price.currency !== cost.currency) return "–";
  const margin = percentOf(minus(price.amount, cost.amount) ?? "", price.amount);
  return margin === undefined ? "–" : percent(margin);
}

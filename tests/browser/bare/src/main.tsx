// The least that a page of this kind can be: React, one request, rows. What the real one is held against.
import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

interface Row {
  id: string;
  willHappen: string;
}

function Rows() {
  const [rows, setRows] = useState<Row[]>([]);
  useEffect(() => {
    const token = sessionStorage.getItem("royal.token");
    fetch("/api/v1/approvals?limit=200", { headers: { Authorization: `Bearer ${token}` } })
      .then((response) => response.json())
      .then((page: { items: Row[] }) => setRows(page.items));
  }, []);
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.id} className="row">
          {row.willHappen}
        </li>
      ))}
    </ul>
  );
}

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Rows />
    </StrictMode>,
  );
}

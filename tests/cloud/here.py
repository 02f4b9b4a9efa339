"""What differs from AWS on this machine: where the outside is. Everything else is as it was synthesized."""

import json
import sys
from pathlib import Path

CERTIFICATES = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"]


def settings(sandbox: dict) -> dict[str, str]:
    """Variables of the functions: the sandbox's addresses, and files where a layer or an image would have them."""
    certificates = next((path for path in CERTIFICATES if Path(path).exists()), CERTIFICATES[0])
    return {
        "SSL_CERT_FILE": certificates,
        "ROYAL_POLICIES": sandbox["policies"],
        "ROYAL_FEEDS": f"{sandbox['feeds']}/products.csv",
        "ROYAL_SUPPLIERS": f"{sandbox['feeds']}/suppliers.csv",
        "ROYAL_TRENDS": f"{sandbox['feeds']}/trends.csv",
        "ROYAL_SHOP_URL": f"{sandbox['shop']}/admin/api/2026-07/graphql.json",
        "ROYAL_SHOP_PAGE": sandbox["shop"],
        "ROYAL_SANDBOX": "1",
    }


def people(sandbox: dict) -> dict[str, str]:
    """By whom people's tokens are signed: the sandbox's issuer, because nobody can sign in to an emulated pool."""
    return {
        "ROYAL_ISSUER": sandbox["api"],
        "ROYAL_AUDIENCE": "royal-api",
        "ROYAL_JWKS": f"{sandbox['api']}/jwks.json",
    }


def move(template: dict, sandbox: dict) -> None:
    """Points one template's functions at the sandbox, and lets its people's tokens through to them."""
    for resource in template["Resources"].values():
        properties = resource.get("Properties", {})
        if resource["Type"] == "AWS::Lambda::Function" and properties.get("Runtime", "").startswith("provided"):
            variables = properties["Environment"]["Variables"]
            variables |= settings(sandbox)
            if "ROYAL_ISSUER" in variables:
                variables |= people(sandbox)
        # A gateway reads RSA signatures only, which Cognito makes; the sandbox's are of elliptic curves. So the function,
        # which checks every token anyway, is alone in it.
        if resource["Type"] == "AWS::ApiGatewayV2::Route" and properties.get("AuthorizationType") == "JWT":
            properties["AuthorizationType"] = "NONE"
            del properties["AuthorizerId"]


def main(folder: Path, sandbox: dict) -> None:
    """Does so with every template of a synthesized app."""
    for path in folder.glob("*.template.json"):
        template = json.loads(path.read_text())
        move(template, sandbox)
        path.write_text(json.dumps(template))


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]))

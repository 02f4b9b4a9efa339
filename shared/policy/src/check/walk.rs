//! Every expression of a rule file, once.

use regorus::unstable::{Expr, Literal, LiteralStmt, Module, Query, Rule, RuleAssign, RuleHead, Span};

/// One rule of a file.
pub(super) struct Found<'a> {
    /// Its name, without keys or arguments.
    pub(super) name: &'a str,
    /// All expressions in it. Of a reference, only the whole.
    pub(super) exprs: Vec<&'a Expr>,
    /// Where one of its statements replaces input or data.
    pub(super) with: Option<&'a Span>,
    /// Where it stands.
    pub(super) span: &'a Span,
}

/// All rules of a file.
pub(super) fn rules(module: &Module) -> Vec<Found<'_>> {
    module.policy.iter().map(|rule| found(rule)).collect()
}

fn found(rule: &Rule) -> Found<'_> {
    let mut walk = Walk::default();
    let name = match rule {
        Rule::Default { refr, value, .. } => {
            walk.expr(value);
            refr
        }
        Rule::Spec { head, bodies, .. } => {
            for body in bodies {
                walk.assign(body.assign.as_ref());
                walk.query(&body.query);
            }
            walk.head(head)
        }
    };
    Found { name: root(name), exprs: walk.exprs, with: walk.with, span: rule.span() }
}

/// The variable that a reference starts with.
pub(super) fn root(expr: &Expr) -> &str {
    let mut at = expr;
    loop {
        match at {
            Expr::RefDot { refr, .. } | Expr::RefBrack { refr, .. } => at = refr,
            other => return other.span().text(),
        }
    }
}

#[derive(Default)]
struct Walk<'a> {
    exprs: Vec<&'a Expr>,
    with: Option<&'a Span>,
}

impl<'a> Walk<'a> {
    fn head(&mut self, head: &'a RuleHead) -> &'a Expr {
        match head {
            RuleHead::Compr { refr, assign, .. } => {
                self.assign(assign.as_ref());
                refr
            }
            RuleHead::Set { refr, key, .. } => {
                self.all(key);
                refr
            }
            RuleHead::Func { refr, args, assign, .. } => {
                self.all(args);
                self.assign(assign.as_ref());
                refr
            }
        }
    }

    fn assign(&mut self, assign: Option<&'a RuleAssign>) {
        if let Some(assign) = assign {
            self.expr(&assign.value);
        }
    }

    fn query(&mut self, query: &'a Query) {
        for LiteralStmt { literal, with_mods, .. } in &query.stmts {
            self.with = self.with.or(with_mods.first().map(|with| &with.span));
            self.literal(literal);
        }
    }

    fn literal(&mut self, literal: &'a Literal) {
        match literal {
            Literal::SomeVars { .. } => {}
            Literal::SomeIn { key, value, collection, .. } => {
                self.all(key);
                self.expr(value);
                self.expr(collection);
            }
            Literal::Expr { expr, .. } | Literal::NotExpr { expr, .. } => self.expr(expr),
            Literal::Every { domain, query, .. } => {
                self.expr(domain);
                self.query(query);
            }
        }
    }

    fn all(&mut self, exprs: impl IntoIterator<Item = &'a regorus::unstable::ExprRef>) {
        for expr in exprs {
            self.expr(expr);
        }
    }

    fn expr(&mut self, expr: &'a Expr) {
        self.exprs.push(expr);
        match expr {
            Expr::Array { items, .. } | Expr::Set { items, .. } => self.all(items),
            Expr::Object { fields, .. } => {
                for (_, key, value) in fields {
                    self.expr(key);
                    self.expr(value);
                }
            }
            Expr::ArrayCompr { term, query, .. } | Expr::SetCompr { term, query, .. } => {
                self.expr(term);
                self.query(query);
            }
            Expr::ObjectCompr { key, value, query, .. } => {
                self.expr(key);
                self.expr(value);
                self.query(query);
            }
            Expr::Call { fcn, params, .. } => {
                self.expr(fcn);
                self.all(params);
            }
            Expr::UnaryExpr { expr, .. } => self.expr(expr),
            Expr::RefDot { .. } | Expr::RefBrack { .. } => self.indices(expr),
            Expr::BinExpr { lhs, rhs, .. }
            | Expr::BoolExpr { lhs, rhs, .. }
            | Expr::ArithExpr { lhs, rhs, .. }
            | Expr::AssignExpr { lhs, rhs, .. } => {
                self.expr(lhs);
                self.expr(rhs);
            }
            Expr::Membership { key, value, collection, .. } => {
                self.all(key);
                self.expr(value);
                self.expr(collection);
            }
            _ => {}
        }
    }

    /// What stands between the brackets of a reference.
    fn indices(&mut self, reference: &'a Expr) {
        let mut at = reference;
        loop {
            match at {
                Expr::RefDot { refr, .. } => at = refr,
                Expr::RefBrack { refr, index, .. } => {
                    self.expr(index);
                    at = refr;
                }
                Expr::Var { .. } => return,
                other => return self.expr(other),
            }
        }
    }
}

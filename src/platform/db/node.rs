//! The number of this process, leased in the database: a heartbeat keeps it, a crash gives it back after a minute.

use super::{Conn, Db, ids};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::schema::nodes;
use chrono::TimeDelta;
use diesel::prelude::*;

const LEASE: TimeDelta = TimeDelta::seconds(60);
const HEARTBEAT: std::time::Duration = std::time::Duration::from_secs(15);

/// Takes the lowest number nobody holds. The primary key settles a race of two nodes: the loser tries again.
pub(super) async fn lease(db: &Db, holder: &str) -> Result<i64> {
    for _ in 0..20 {
        let holder = holder.to_owned();
        let now = db.clock().now();
        match db.write(move |c| take(c, &holder, now)).await {
            Ok(number) => {
                ids::set_node(number);
                return Ok(number);
            }
            Err(Error::Taken(_)) => continue,
            Err(error) => return Err(error),
        }
    }
    Err(Error::unavailable("no node number could be leased"))
}

fn take(c: &mut Conn, holder: &str, now: Timestamp) -> Result<i64> {
    diesel::delete(nodes::table.filter(nodes::leased_until.lt(now))).execute(c)?;
    let held: Vec<i64> = nodes::table.select(nodes::number).order(nodes::number).load(c)?;
    let number = (0..ids::NODE_NUMBERS)
        .find(|number| held.binary_search(number).is_err())
        .ok_or_else(|| Error::unavailable("all node numbers are taken"))?;
    diesel::insert_into(nodes::table)
        .values((nodes::number.eq(number), nodes::holder.eq(holder), nodes::leased_until.eq(now + LEASE)))
        .execute(c)?;
    Ok(number)
}

/// Renews the lease until the task is dropped. A process that lost it (it slept for over a minute) takes a new number.
pub(super) async fn keep(db: Db, mut number: i64, holder: String) {
    let mut beat = tokio::time::interval(HEARTBEAT);
    loop {
        beat.tick().await;
        let (now, name) = (db.clock().now(), holder.clone());
        let renewed = db
            .write(move |c| {
                let mine = nodes::table.find(number).filter(nodes::holder.eq(name));
                Ok(diesel::update(mine).set(nodes::leased_until.eq(now + LEASE)).execute(c)?)
            })
            .await;
        match renewed {
            Ok(1) => {}
            Ok(_) => match lease(&db, &holder).await {
                Ok(new) => number = new,
                Err(error) => tracing::error!(%error, "the node number is lost and no other could be leased"),
            },
            Err(error) => tracing::warn!(%error, "the node number could not be renewed"),
        }
    }
}

pub(super) async fn give_back(db: &Db, holder: &str) -> Result<()> {
    let holder = holder.to_owned();
    db.write(move |c| {
        diesel::delete(nodes::table.filter(nodes::holder.eq(holder))).execute(c)?;
        Ok(())
    })
    .await
}

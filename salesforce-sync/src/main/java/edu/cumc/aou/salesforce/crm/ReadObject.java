package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.salesforce.SoqlCondition;
import edu.cumc.aou.sync.port.CrmScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the two objects, and which of its records the sync looks after.
 *
 * @param object its API name
 * @param keyField the PMI field of Contacts, the Contact lookup of journeys
 * @param where SOQL from the settings; empty text for none
 */
record ReadObject(String object, String keyField, String where) {

  static final String ID = "Id";
  static final String MODSTAMP = "SystemModstamp";
  static final String OWNER = "OwnerId";
  private static final String MODIFIED_BY = "LastModifiedById";
  private static final String DELETED = "IsDeleted";
  private static final String CREATED = "CreatedDate";

  /** Whether a scope includes deleted records. */
  static boolean withDeleted(CrmScope scope) {
    return scope.kind() == CrmScope.Kind.CHANGED_SINCE || scope.kind() == CrmScope.Kind.SOME;
  }

  /** Adds the scope's conditions to a query. */
  Soql limitTo(Soql query, CrmScope scope) {
    if (withDeleted(scope)) {
      return query.from(object).where(whatever(scope));
    }
    Soql selected = query.from(object).where(SoqlCondition.and(selected(scope)));
    return scope.kind() == CrmScope.Kind.ALL_IN_ORDER ? selected.orderBy(ID) : selected;
  }

  /** Ids and times of the changed records that the sync looks after, in the order of the times. */
  Soql selectedAmongChanged(CrmScope scope) {
    List<SoqlCondition> conditions = selected(CrmScope.all());
    conditions.add(whatever(scope));
    return inTime(Soql.select(ID, MODSTAMP).from(object).where(SoqlCondition.and(conditions)));
  }

  /**
   * The ids of records that another user changed last, at or after a moment.
   *
   * @param user the id of the user to leave out; null for nobody
   */
  Soql changedByOthers(Instant since, @Nullable String user) {
    List<SoqlCondition> conditions = new ArrayList<>();
    conditions.add(SoqlCondition.ge(MODSTAMP, since));
    if (user != null) {
      conditions.add(SoqlCondition.ne(MODIFIED_BY, user));
    }
    return Soql.select(ID).from(object).where(SoqlCondition.and(conditions));
  }

  private List<SoqlCondition> selected(CrmScope scope) {
    List<SoqlCondition> conditions = new ArrayList<>();
    if (scope.kind() == CrmScope.Kind.WITHOUT_PMI_ID) {
      conditions.add(SoqlCondition.eq(keyField, null));
      conditions.add(SoqlCondition.in(OWNER, scope.ids()));
    } else {
      conditions.add(SoqlCondition.ne(keyField, null));
    }
    if (!where.isBlank()) {
      conditions.add(SoqlCondition.trusted(where));
    }
    String from = scope.from();
    if (from != null) {
      conditions.add(SoqlCondition.ge(ID, from));
    }
    if (scope.kind() == CrmScope.Kind.CREATED_SINCE) {
      conditions.add(SoqlCondition.ge(CREATED, since(scope)));
    }
    return conditions;
  }

  /**
   * Ids and times of what changed at or after a moment, and before another, in the order of the
   * times.
   */
  Soql stamps(Instant from, Instant before) {
    return inTime(
        Soql.select(ID, MODSTAMP).from(object).where(SoqlCondition.and(between(from, before))));
  }

  /**
   * The same for records that another user changed last, and for all deleted ones, because
   * Salesforce does not tell for certain who has deleted a record.
   *
   * @param user the id of the user to leave out; null for nobody
   */
  Soql stampsOfOthers(Instant from, Instant before, @Nullable String user) {
    if (user == null) {
      return stamps(from, before);
    }
    List<SoqlCondition> conditions = between(from, before);
    conditions.add(
        SoqlCondition.or(
            List.of(SoqlCondition.ne(MODIFIED_BY, user), SoqlCondition.eq(DELETED, true))));
    return inTime(Soql.select(ID, MODSTAMP).from(object).where(SoqlCondition.and(conditions)));
  }

  private static List<SoqlCondition> between(Instant from, Instant before) {
    return new ArrayList<>(
        List.of(SoqlCondition.ge(MODSTAMP, from), SoqlCondition.lt(MODSTAMP, before)));
  }

  /** In the order of the times. */
  static Soql inTime(Soql query) {
    return query.orderBy(MODSTAMP);
  }

  /** The condition of a scope that does not depend on what the sync looks after. */
  private static SoqlCondition whatever(CrmScope scope) {
    return scope.kind() == CrmScope.Kind.SOME
        ? SoqlCondition.in(ID, scope.ids())
        : SoqlCondition.ge(MODSTAMP, since(scope));
  }

  private static Instant since(CrmScope scope) {
    Instant since = scope.since();
    if (since == null) {
      throw new IllegalArgumentException("a scope by time needs a time");
    }
    return since;
  }
}

package edu.cumc.aou.salesforce.sync;

import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.salesforce.SoqlCondition;
import edu.cumc.aou.sync.port.CrmScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
  private static final String CREATED = "CreatedDate";

  /** Whether deleted records belong to a scope. */
  static boolean withDeleted(CrmScope scope) {
    return scope.kind() == CrmScope.Kind.CHANGED_SINCE;
  }

  /** Adds the scope's conditions to a query. */
  Soql limitTo(Soql query, CrmScope scope) {
    if (scope.kind() == CrmScope.Kind.CHANGED_SINCE) {
      return query.from(object).where(changed(scope));
    }
    Soql selected = query.from(object).where(SoqlCondition.and(selected(scope)));
    return scope.kind() == CrmScope.Kind.ALL_IN_ORDER ? selected.orderBy(ID) : selected;
  }

  /** The ids of the changed records that the sync looks after. */
  Soql selectedAmongChanged(CrmScope scope) {
    List<SoqlCondition> conditions = selected(CrmScope.all());
    conditions.add(changed(scope));
    return Soql.select(ID).from(object).where(SoqlCondition.and(conditions));
  }

  private List<SoqlCondition> selected(CrmScope scope) {
    List<SoqlCondition> conditions = new ArrayList<>();
    if (scope.kind() == CrmScope.Kind.WITHOUT_PMI_ID) {
      conditions.add(SoqlCondition.eq(keyField, null));
      conditions.add(SoqlCondition.in(OWNER, scope.owners()));
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

  private static SoqlCondition changed(CrmScope scope) {
    return SoqlCondition.ge(MODSTAMP, since(scope));
  }

  private static Instant since(CrmScope scope) {
    Instant since = scope.since();
    if (since == null) {
      throw new IllegalArgumentException("a scope by time needs a time");
    }
    return since;
  }
}

package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.mapping.ParentIds;
import edu.cumc.aou.sync.mapping.ValueTables;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.OrgTraits;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.plan.KnownColumns;
import edu.cumc.aou.sync.plan.StatusRules;
import edu.cumc.aou.sync.port.OrgIdentity;
import edu.cumc.aou.sync.port.SourceColumns;
import edu.cumc.aou.sync.port.SourceQuery;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run must know before it reads anything: the right org, and a mapping that fits both sides.
 *
 * @param mapping bound to the source's columns and the org's fields
 * @param query what to select from the source
 * @param knownColumns which columns the source has that a run can do without
 * @param described what the org says about the fields of both objects
 * @param objects the org's own names of both
 */
public record Preparation(
    OrgIdentity org,
    BoundMapping mapping,
    SourceQuery query,
    KnownColumns knownColumns,
    OrgTraits described,
    Map<CrmObject, String> objects) {

  /** Looks at both sides; throws CONFIG with all problems. */
  public static Preparation of(RunServices services, SyncSettings settings) {
    OrgIdentity org = services.crm().org();
    ConfigProblems problems = new ConfigProblems();
    OrgRules.checkOrg(org, settings, problems);
    OrgRules.checkStore(org, services.store().runs().boundOrg(), problems);
    problems.throwIfAny();
    SourceColumns contactColumns = services.source().columns(SourceRelation.CONTACTS);
    SourceColumns journeyColumns = services.source().columns(SourceRelation.JOURNEYS);
    ValueTables tables = Binding.tables(services.source());
    ParentIds parents = Binding.parents(services.crm());
    Binding contact =
        Binding.of(
            CrmObject.CONTACT,
            contactColumns,
            services.crm().describe(CrmObject.CONTACT),
            settings,
            tables,
            parents,
            problems);
    Binding journey =
        Binding.of(
            CrmObject.JOURNEY,
            journeyColumns,
            services.crm().describe(CrmObject.JOURNEY),
            settings,
            tables,
            parents,
            problems);
    Binding.checkStatusColumns(settings, contactColumns, journeyColumns, problems);
    Binding.checkAdoption(settings, contact, problems);
    problems.throwIfAny();
    StatusRules rules = new StatusRules(settings.status(), settings.reading().cells());
    SourceQuery query =
        new SourceQuery(
            contact.key(),
            columns(contact.fields(), rules.columnsIn(contactColumns)),
            journey.key(),
            columns(journey.fields(), rules.columnsIn(journeyColumns)),
            rules);
    FieldInfo pmiField =
        contact
            .info()
            .field(settings.contact().pmiField())
            .orElseThrow(() -> new IllegalStateException("its absence is a problem"));
    return new Preparation(
        org,
        new BoundMapping(pmiField, contact.fields(), journey.fields()),
        query,
        new KnownColumns(
            rules,
            contactColumns,
            settings.contact().mapping(),
            journeyColumns,
            settings.journey().mapping()),
        OrgTraits.NONE.with(contact.info()).with(journey.info()),
        Map.of(CrmObject.CONTACT, contact.info().name(), CrmObject.JOURNEY, journey.info().name()));
  }

  private static List<String> columns(List<BoundField> fields, List<String> more) {
    Set<String> columns = new LinkedHashSet<>();
    fields.forEach(f -> columns.addAll(f.columns()));
    columns.addAll(more);
    return List.copyOf(columns);
  }
}

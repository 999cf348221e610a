package edu.cumc.aou.mornings.world;

import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.CrmUsage;
import edu.cumc.aou.sync.port.OrgIdentity;
import edu.cumc.aou.sync.run.RunServices;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator changes about an org. Where the site has an org of its own, fields and
 * picklists are changed there; elsewhere a run is told of it when it asks.
 */
public final class AlteredOrg {

  /** The picklist that may lose its value {@link #SHRUNK_VALUE}. */
  public static final String SHRUNK = "HP_EHR_Consent_Status__c";

  public static final String SHRUNK_VALUE = "2";

  private static final String REQUIRED = "MailingCity";

  private static final List<String> FIELDS =
      List.of("MailingCity", "HP_Participant_Status__c", "FirstName", "HP_Withdrawal_Status__c");

  private final Site site;
  private final Map<String, Site.Altered> fields = new TreeMap<>();
  private boolean byTheOrg;
  private boolean shrunk;
  private boolean scarce;
  private int refreshed;

  /** The org of this site. */
  public AlteredOrg(Site site) {
    this.site = site;
  }

  /**
   * Changes something.
   *
   * @param what the name of a kind of event
   * @param which which field, where there is a choice
   */
  public void alter(String what, int which) {
    String field = FIELDS.get(Math.floorMod(which, FIELDS.size()));
    switch (what) {
      case "FIELD_HIDDEN" -> alterField(field, Site.Altered.HIDDEN);
      case "FIELD_READ_ONLY" -> alterField(field, Site.Altered.READ_ONLY);
      case "FIELD_REQUIRED" -> alterField(REQUIRED, Site.Altered.REQUIRED);
      case "PICKLIST_SHRINKS" -> shrink();
      case "CALLS_SCARCE" -> scarce = true;
      case "SANDBOX_REFRESHED" -> refreshed++;
      case "ORG_AS_BEFORE" -> rest();
      default -> throw new IllegalArgumentException(what);
    }
  }

  private void alterField(String field, Site.Altered how) {
    fields.put(field, how);
    byTheOrg = site.alterField(field.startsWith("HP_") ? "Opportunity" : "Contact", field, how);
  }

  private void shrink() {
    if (!shrunk) {
      site.noLongerOffers(SHRUNK, SHRUNK_VALUE);
    }
    shrunk = true;
  }

  /** Others use most of the calls of this day, or no longer. */
  public void makeCallsScarce(boolean are) {
    scarce = are;
  }

  /** Whether the sandbox was ever refreshed. */
  public boolean isRefreshed() {
    return refreshed > 0;
  }

  /** The rules of the org are as they were; a refreshed sandbox stays another one. */
  public void rest() {
    Set.copyOf(fields.keySet()).forEach(field -> alterField(field, Site.Altered.AS_BEFORE));
    fields.clear();
    if (shrunk) {
      site.offers(SHRUNK, SHRUNK_VALUE);
    }
    shrunk = false;
    scarce = false;
  }

  /** Fields that the sync cannot do without and has lost. */
  public Set<String> lost() {
    Set<String> lost = new TreeSet<>(fields.keySet());
    lost.removeIf(field -> is(field, Site.Altered.REQUIRED));
    return lost;
  }

  private boolean is(String field, Site.Altered how) {
    return fields.get(field) == how;
  }

  public boolean isShrunk() {
    return shrunk;
  }

  /** The same services, told of the org as it is by now. */
  public RunServices around(RunServices services) {
    boolean altered = !fields.isEmpty() || shrunk || scarce || refreshed > 0;
    if (!altered) {
      return services;
    }
    Crm inner = services.crm();
    Crm crm =
        (Crm)
            Proxy.newProxyInstance(
                Crm.class.getClassLoader(),
                new Class<?>[] {Crm.class},
                (proxy, method, arguments) -> {
                  try {
                    return altered(method.invoke(inner, arguments));
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new RunServices(
        services.source(),
        crm,
        services.store(),
        services.clock(),
        services.pause(),
        services.listener());
  }

  private @Nullable Object altered(@Nullable Object answer) {
    if (answer instanceof ObjectInfo object && !byTheOrg) {
      return new ObjectInfo(
          object.name(),
          object.createable(),
          object.updateable(),
          object.fields().stream()
              .filter(f -> !is(f.name().value(), Site.Altered.HIDDEN))
              .map(this::altered)
              .toList());
    }
    if (answer instanceof OrgIdentity org && refreshed > 0) {
      String id = org.id();
      return new OrgIdentity(
          id.substring(0, 11) + (char) ('A' + refreshed) + id.substring(12), org.isSandbox());
    }
    if (answer instanceof CrmUsage usage && scarce) {
      return new CrmUsage(usage.calls(), usage.repeats(), 99_000, 100_000);
    }
    return answer;
  }

  private FieldInfo altered(FieldInfo field) {
    String name = field.name().value();
    Set<String> values = new TreeSet<>(field.picklistValues());
    if (shrunk && name.equals(SHRUNK)) {
      values.remove(SHRUNK_VALUE);
    }
    return new FieldInfo(
        field.name(),
        field.kind(),
        field.length(),
        field.createable() && !is(name, Site.Altered.READ_ONLY),
        field.updateable() && !is(name, Site.Altered.READ_ONLY),
        field.required() || is(name, Site.Altered.REQUIRED),
        field.externalId(),
        field.unique(),
        field.restricted(),
        values);
  }
}

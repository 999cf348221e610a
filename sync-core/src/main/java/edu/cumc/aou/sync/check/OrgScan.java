package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.check.FindingList.Side;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.model.OrgChange;
import edu.cumc.aou.sync.port.Crm.Automation;
import edu.cumc.aou.sync.port.Crm.Mail;
import edu.cumc.aou.sync.port.OrgIdentity;
import edu.cumc.aou.sync.run.OrgWatch;
import edu.cumc.aou.sync.run.RunServices;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reports what in the org acts on our writes, and what has changed since the last good run. */
final class OrgScan {

  /** Names no more than this. */
  private static final int NAMED = 5;

  /** Names no more changes than this. */
  private static final int MOST_CHANGES = 20;

  private static final String SUBJECT = "salesforce";

  private final RunServices services;
  private final FindingList findings;

  OrgScan(RunServices services, FindingList findings) {
    this.services = services;
    this.findings = findings;
  }

  void look(ObjectInfo contact, ObjectInfo journey) {
    Map<CrmObject, String> names = new EnumMap<>(CrmObject.class);
    names.put(CrmObject.CONTACT, contact.name());
    names.put(CrmObject.JOURNEY, journey.name());
    List<Automation> found =
        findings
            .attempt(Side.SALESFORCE, SUBJECT, () -> services.crm().automation())
            .orElse(List.of());
    names.forEach(
        (object, name) -> {
          List<Automation> own = found.stream().filter(a -> a.object() == object).toList();
          if (!own.isEmpty()) {
            findings.add(Finding.ok(object.word() + ".object", actsOn(name, own)));
          }
        });
    OrgIdentity org =
        findings.attempt(Side.SALESFORCE, SUBJECT, () -> services.crm().org()).orElse(null);
    if (org == null) {
      return;
    }
    Mail mail = Mail.NOT_TOLD;
    if (org.isSandbox() && !found.isEmpty()) {
      mail =
          findings
              .attempt(Side.SALESFORCE, SUBJECT, () -> services.crm().mail())
              .orElse(Mail.NOT_TOLD);
      findings.add(ofMail(mail));
    }
    Mail seen = mail;
    findings
        .attempt(
            Side.STORE,
            "store",
            () ->
                OrgWatch.since(
                    services.store(), org, List.of(contact, journey), names, found, seen))
        .flatMap(OrgScan::changes)
        .ifPresent(findings::add);
  }

  private static String actsOn(String name, List<Automation> found) {
    List<String> parts = new ArrayList<>();
    for (Automation automation : found) {
      if (automation.seen()) {
        int number = automation.names().size();
        String named = String.join(", ", automation.names().subList(0, Math.min(number, NAMED)));
        parts.add(
            String.format(
                Locale.ROOT,
                "%,d active %s%s",
                number,
                words(automation, number != 1),
                number == 0 ? "" : " (" + named + (number > NAMED ? ", …" : "") + ")"));
      }
    }
    List<String> unseen = found.stream().filter(a -> !a.seen()).map(a -> words(a, true)).toList();
    return "on "
        + name
        + (parts.isEmpty() ? "" : " act " + String.join(", ", parts))
        + (parts.isEmpty() || unseen.isEmpty() ? "" : ";")
        + (unseen.isEmpty()
            ? ""
            : " the Salesforce user may not see "
                + String.join(", ", unseen)
                + ": that takes the permission View Setup and Configuration");
  }

  private static String words(Automation automation, boolean several) {
    return automation.sort().words() + (several ? "s" : "");
  }

  private static Finding ofMail(Mail mail) {
    return switch (mail) {
      case LEAVES ->
          Finding.warning(
              FindingCode.MAIL_LEAVES_SANDBOX,
              SUBJECT,
              "e-mail leaves this sandbox: what its flows and triggers send goes to the addresses"
                  + " that the sync writes",
              "set Setup, Deliverability, Access level to System email only before addresses of"
                  + " real people are written");
      case STAYS ->
          Finding.ok(
              SUBJECT,
              "e-mail of automation does not leave this sandbox; a flow that sends some may fail,"
                  + " and refuse its record with CANNOT_EXECUTE_FLOW_TRIGGER");
      case NOT_TOLD ->
          Finding.ok(
              SUBJECT,
              "whether e-mail of automation leaves this sandbox is not told: that takes the"
                  + " permission Author Apex; see Setup, Deliverability");
    };
  }

  private static Optional<Finding> changes(Optional<OrgWatch.Since> since) {
    return since
        .filter(s -> !s.changes().isEmpty())
        .map(
            s -> {
              int number = s.changes().size();
              String named =
                  String.join(
                      "; ", s.changes().stream().limit(MOST_CHANGES).map(OrgChange::text).toList());
              return Finding.warning(
                  FindingCode.ORG_CHANGED,
                  SUBJECT,
                  "since the last good run "
                      + (number == 1 ? "1 thing has" : number + " things have")
                      + " changed in the org: "
                      + named
                      + (number > MOST_CHANGES ? "; …" : ""),
                  "look whether what the sync writes still fits; the next good run takes it as known");
            });
  }
}

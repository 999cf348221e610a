package edu.cumc.aou.cli.print;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.explain.Candidate;
import edu.cumc.aou.sync.explain.Explanation;
import edu.cumc.aou.sync.plan.PlanTallies;

/** An explanation for programs. Holds personal data. */
public final class ExplanationJson {

  private ExplanationJson() {}

  public static ObjectNode of(Explanation explanation) {
    ObjectNode document = JsonText.object();
    document.put("pmiId", explanation.pmiId().value());
    document.put("inSource", explanation.inSource());
    document.put(
        "status", explanation.status() == null ? null : ConfigSection.word(explanation.status()));
    document.put("hold", explanation.hold() == null ? null : explanation.hold().reason());
    if (!explanation.withoutOrg().isEmpty()) {
      document.put("withoutOrg", explanation.withoutOrg());
    }
    ArrayNode contacts = document.putArray("contacts");
    explanation
        .contacts()
        .forEach(
            c -> {
              ObjectNode contact =
                  contacts.addObject().put("id", c.id().value()).put("gone", c.gone());
              ArrayNode journeys = contact.putArray("journeys");
              c.journeys().forEach(j -> journeys.add(j.id().value()));
            });
    ArrayNode next = document.putArray("next");
    if (explanation.next() != null) {
      explanation.next().tallies().asMap().keySet().stream()
          .filter(name -> !PlanTallies.isForGuards(name))
          .forEach(next::add);
      explanation
          .next()
          .changes()
          .forEach(c -> next.add(c.object().word() + "." + ConfigSection.word(c.action())));
    }
    ArrayNode flaws = document.putArray("flaws");
    if (explanation.next() != null) {
      explanation
          .next()
          .flaws()
          .forEach(
              f ->
                  flaws
                      .addObject()
                      .put("object", f.object().word())
                      .put("field", f.field())
                      .put("code", f.code())
                      .put("advice", FlawText.advice(f)));
    }
    ArrayNode candidates = document.putArray("candidates");
    ArrayNode reasons = document.putArray("candidateReasons");
    for (Candidate candidate : explanation.candidates()) {
      String id = candidate.contact().id().value();
      candidates.add(id);
      ObjectNode reason = reasons.addObject().put("id", id);
      ArrayNode matched = reason.putArray("matched");
      candidate.likeness().matched().forEach(matched::add);
      ArrayNode differs = reason.putArray("differs");
      candidate.likeness().differs().forEach(differs::add);
    }
    ArrayNode fields = document.putArray("fields");
    explanation
        .fields()
        .forEach(
            f ->
                fields
                    .addObject()
                    .put("object", f.object().word())
                    .put("field", f.field())
                    .put("source", f.source())
                    .put("wanted", f.wanted())
                    .put("refusedBy", f.rule())
                    .put("salesforce", f.salesforce()));
    ArrayNode history = document.putArray("history");
    explanation
        .history()
        .forEach(
            h ->
                history
                    .addObject()
                    .put("run", h.run().value())
                    .put("object", h.change().object().word())
                    .put("action", ConfigSection.word(h.change().action()))
                    .put("state", ConfigSection.word(h.change().state()))
                    .put("code", h.change().errorCode()));
    return document;
  }
}

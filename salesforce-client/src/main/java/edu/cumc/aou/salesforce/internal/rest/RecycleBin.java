package edu.cumc.aou.salesforce.internal.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Details;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SaveResult;
import edu.cumc.aou.salesforce.internal.login.Calls;
import edu.cumc.aou.salesforce.internal.login.Session;
import edu.cumc.aou.salesforce.internal.repeat.CallFailure;
import edu.cumc.aou.salesforce.internal.repeat.FailureDecoder;
import edu.cumc.aou.salesforce.internal.repeat.Repeat;
import edu.cumc.aou.salesforce.internal.repeat.Safety;
import edu.cumc.aou.salesforce.internal.repeat.WireClient;
import edu.cumc.aou.salesforce.internal.wire.Wire;
import feign.Client;
import feign.Request;
import feign.RequestTemplate;
import feign.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Takes records out of the recycle bin. Only the SOAP API has a call for that; it uses the same
 * session as all others. Thread-safe.
 */
public final class RecycleBin {

  private static final String ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";
  private static final String PARTNER = "urn:partner.soap.sforce.com";

  private final Calls calls;
  private final Client client;
  private final Request.Options options;
  private final Supplier<ObjectMapper> mapper;
  private final FailureDecoder failures;
  private final String clientName;

  /**
   * For one client.
   *
   * @param clientName the program's name for Salesforce
   */
  public RecycleBin(
      Calls calls,
      Client client,
      Request.Options options,
      Supplier<ObjectMapper> mapper,
      FailureDecoder failures,
      String clientName) {
    this.calls = calls;
    this.client = client;
    this.options = options;
    this.mapper = mapper;
    this.failures = failures;
    this.clientName = clientName;
  }

  public List<SaveResult> undeleteAll(List<String> ids) {
    if (ids.size() > Salesforce.MAX_COLLECTION) {
      throw new IllegalArgumentException(
          "at most " + Salesforce.MAX_COLLECTION + " records in one call, not " + ids.size());
    }
    List<String> checked = ids.stream().map(Calls::id).toList();
    return checked.isEmpty()
        ? List.of()
        : new BatchWriter<String>(
                part -> calls.write("undelete many", Safety.REPEATABLE, () -> attempt(part)),
                id -> id,
                Safety.REPEATABLE,
                BatchWriter.Sort.UPDATE)
            .write(checked);
  }

  private List<Wire.@Nullable SaveRow> attempt(List<String> ids) {
    Session session = calls.sessions().current();
    String token = session.token().reveal();
    Request request =
        Request.create(
            Request.HttpMethod.POST,
            session.instance() + "/services/Soap/u/" + calls.version(),
            Map.of(
                "Accept", List.of("text/xml"),
                "Content-Type", List.of("text/xml; charset=UTF-8"),
                "SOAPAction", List.of("undelete")),
            Request.Body.create(envelope(ids, token).getBytes(StandardCharsets.UTF_8)),
            new RequestTemplate());
    try (Response response = client.execute(request, options)) {
      if (response.status() < 200 || response.status() >= 300) {
        throw failed(failures.failure(response), token);
      }
      return rows(FailureDecoder.bytes(response));
    } catch (IOException e) {
      throw WireClient.failure(e);
    }
  }

  /** For an ended session, SOAP answers status 500 with the code in a fault. */
  private static CallFailure failed(CallFailure failure, String token) {
    return failure.failure().errorCode().equals("INVALID_SESSION_ID")
        ? CallFailure.sessionEnded(failure.failure(), token)
        : failure;
  }

  private String envelope(List<String> ids, String token) {
    StringWriter out = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("env", "Envelope", ENVELOPE);
      xml.writeNamespace("env", ENVELOPE);
      xml.writeNamespace("urn", PARTNER);
      xml.writeStartElement("env", "Header", ENVELOPE);
      xml.writeStartElement("urn", "SessionHeader", PARTNER);
      element(xml, "sessionId", token);
      xml.writeEndElement();
      xml.writeStartElement("urn", "CallOptions", PARTNER);
      element(xml, "client", clientName);
      xml.writeEndElement();
      xml.writeEndElement();
      xml.writeStartElement("env", "Body", ENVELOPE);
      xml.writeStartElement("urn", "undelete", PARTNER);
      for (String id : ids) {
        element(xml, "ids", id);
      }
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("ids and a session are always XML", e);
    }
    return out.toString();
  }

  private static void element(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement("urn", name, PARTNER);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }

  private List<Wire.@Nullable SaveRow> rows(byte[] body) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(body));
      List<Wire.@Nullable SaveRow> rows = new ArrayList<>();
      boolean answered = false;
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT) {
          answered |= xml.getLocalName().equals("undeleteResponse");
          if (xml.getLocalName().equals("result")) {
            rows.add(result(xml));
          }
        }
      }
      if (answered) {
        return rows;
      }
    } catch (XMLStreamException e) {
      // Reported below, without the answer's text.
    }
    throw CallFailure.of(
        new SalesforceException(
            Kind.PROTOCOL,
            "the answer to undelete has another shape than documented; check the address and the"
                + " API version",
            Details.NONE),
        Repeat.OUTCOME_UNKNOWN);
  }

  private Wire.SaveRow result(XMLStreamReader xml) throws XMLStreamException {
    String id = null;
    Boolean success = null;
    ArrayNode errors = mapper.get().createArrayNode();
    while (xml.next() != XMLStreamConstants.END_ELEMENT || !xml.getLocalName().equals("result")) {
      if (!xml.isStartElement()) {
        continue;
      }
      switch (xml.getLocalName()) {
        case "id" -> id = xml.getElementText();
        case "success" -> success = xml.getElementText().strip().equals("true");
        case "errors" -> errors.add(error(xml));
        default -> {
          // Later versions may add elements.
        }
      }
    }
    return new Wire.SaveRow(id, success, errors, false);
  }

  private ObjectNode error(XMLStreamReader xml) throws XMLStreamException {
    ObjectNode error = mapper.get().createObjectNode();
    ArrayNode fields = error.putArray("fields");
    while (xml.next() != XMLStreamConstants.END_ELEMENT || !xml.getLocalName().equals("errors")) {
      if (!xml.isStartElement()) {
        continue;
      }
      switch (xml.getLocalName()) {
        case "fields" -> fields.add(xml.getElementText());
        case "message", "statusCode" -> {
          String name = xml.getLocalName();
          error.put(name, xml.getElementText());
        }
        default -> {
          // Extended details.
        }
      }
    }
    return error;
  }
}

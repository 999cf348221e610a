package edu.cumc.aou.runtime.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.runtime.notify.NotifySettings.Webhook;
import edu.cumc.aou.sync.config.ConfigSection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Posts a notice to an address, which is a secret: messages name only its host. */
final class WebhookSender {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int TOO_MANY = 429;

  private final Webhook settings;

  WebhookSender(Webhook settings) {
    this.settings = settings;
  }

  void send(Notice notice, Duration limit) throws UndeliveredException {
    int status = post(notice, limit);
    // An address that is kept elsewhere may have been replaced.
    if (status >= 400 && status < 500 && status != TOO_MANY && settings.url().renew()) {
      status = post(notice, limit);
    }
    String host = url().getHost();
    if (status == TOO_MANY || status >= 500) {
      throw UndeliveredException.forNow(host + " answered " + status);
    }
    if (status < 200 || status >= 300) {
      throw UndeliveredException.forGood(
          host
              + " answered "
              + status
              + "; see there whether the webhook still exists, and correct notify.webhook.url or"
              + " .shape");
    }
  }

  private URI url() throws UndeliveredException {
    String url = settings.url().reveal();
    if (!NotifySettings.isAcceptable(url)) {
      throw UndeliveredException.forGood("notify.webhook.url: " + NotifySettings.WEBHOOK_URL);
    }
    return URI.create(url);
  }

  private int post(Notice notice, Duration limit) throws UndeliveredException {
    URI url = url();
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(limit)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "aou-sync")
            .POST(BodyPublishers.ofString(body(notice).toString()))
            .build();
    return post(request, limit, url.getHost());
  }

  private int post(HttpRequest request, Duration limit, String host) throws UndeliveredException {
    HttpClient.Builder client =
        HttpClient.newBuilder().connectTimeout(limit).followRedirects(HttpClient.Redirect.NEVER);
    if (settings.proxyHost() != null) {
      client.proxy(
          ProxySelector.of(new InetSocketAddress(settings.proxyHost(), settings.proxyPort())));
    }
    // The request's own limit ends with the headers; this one ends with the body.
    CompletableFuture<HttpResponse<Void>> answer =
        client.build().sendAsync(request, BodyHandlers.discarding());
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS).statusCode();
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw UndeliveredException.forNow(host + " did not answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UndeliveredException.forGood("interrupted");
    } catch (ExecutionException e) {
      throw because(e, host);
    }
  }

  private static UndeliveredException because(ExecutionException e, String host) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return UndeliveredException.forGood(
            host + " has no certificate that Java trusts; is there a proxy that reads TLS?");
      }
    }
    return e.getCause() instanceof IOException
        ? UndeliveredException.forNow(
            host + " cannot be reached; check the firewall, or set notify.webhook.proxy")
        : UndeliveredException.forGood(host + " cannot be asked; correct notify.webhook.url");
  }

  private JsonNode body(Notice notice) {
    return switch (settings.shape()) {
      case SLACK -> slack(notice);
      case TEAMS -> teams(notice);
      case PLAIN -> plain(notice);
    };
  }

  private static ObjectNode slack(Notice notice) {
    return NODES
        .objectNode()
        .put("text", "*" + escaped(notice.headline()) + "*\n" + escaped(notice.text()));
  }

  /** In Slack these three begin a link, a mention or an entity. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static ObjectNode teams(Notice notice) {
    ObjectNode card = NODES.objectNode();
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard");
    card.put("version", "1.4");
    ArrayNode body = card.putArray("body");
    textBlock(body, notice.headline()).put("weight", "Bolder").put("size", "Medium");
    notice.lines().forEach(line -> textBlock(body, line));
    ObjectNode message = NODES.objectNode().put("type", "message");
    message
        .putArray("attachments")
        .addObject()
        .put("contentType", "application/vnd.microsoft.card.adaptive")
        .set("content", card);
    return message;
  }

  private static ObjectNode textBlock(ArrayNode body, String text) {
    return body.addObject().put("type", "TextBlock").put("wrap", true).put("text", text);
  }

  private static ObjectNode plain(Notice notice) {
    ObjectNode document = NODES.objectNode();
    document.put("program", "aou-sync");
    document.put("site", notice.site());
    document.put("environment", ConfigSection.word(notice.environment()));
    document.put("occasion", ConfigSection.word(notice.occasion()));
    document.put("recovered", notice.recovered());
    document.put("mode", ConfigSection.word(notice.mode()));
    document.put("run", notice.run() == null ? null : notice.run().value());
    document.put("exitCode", notice.exitCode());
    document.put("at", notice.at().toString());
    document.put("headline", notice.headline());
    ArrayNode lines = document.putArray("lines");
    notice.lines().forEach(lines::add);
    return document;
  }
}

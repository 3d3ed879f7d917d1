package holdfast.alarm;

import org.jspecify.annotations.Nullable;

/**
 * What a topic sent, its signature found good.
 *
 * @param topicArn one that the plan names
 * @param token confirms the subscription; absent but from the message that asks for it
 * @param event what else it sent; absent when it asks for a confirmation
 */
public record TopicMessage(
    String sender, String topicArn, @Nullable String token, @Nullable Inbound event) {}

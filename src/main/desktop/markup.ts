/** A label of a native menu that says just this: a lone ampersand marks an access key there. */
export function menuLabel(text: string): string {
  return text.replaceAll('&', '&&')
}

/**
 * The body of a notification as no Linux desktop takes it for markup (Desktop Notifications Specification 1.2, "Markup";
 * which desktops read it cannot be known): a space of no width makes no tag and no entity of what begins like one.
 */
export function unmarked(body: string): string {
  return body.replaceAll(/[<&]/g, '$&\u200b')
}

// Elements: made, and found again as what they are.

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} [className]
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/**
 * A node as the kind of element that it is; an error where it is another, or none.
 * @template {Element} Kind
 * @param {EventTarget | null | undefined} node
 * @param {new () => Kind} Type
 * @returns {Kind}
 */
export function as(node, Type) {
  if (node instanceof Type) return node;
  throw new TypeError(`expected a ${Type.name}, found ${node}`);
}

/**
 * The first element inside that a selector names; an error where there is none of that kind.
 * @template {Element} Kind
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => Kind} Type
 * @returns {Kind}
 */
export function find(root, selector, Type) {
  return as(root.querySelector(selector), Type);
}

/**
 * Give a parent so many children: what is there stays, what is too many goes, the rest is made.
 * @param {Element} parent
 * @param {number} count
 * @param {() => Element} make
 */
export function keep(parent, count, make) {
  while (parent.children.length > count) parent.lastElementChild?.remove();
  while (parent.children.length < count) parent.append(make());
}

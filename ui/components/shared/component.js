// What Streamlit hands a component, and components that live on between two messages from Python.

/**
 * @typedef {HTMLElement | ShadowRoot} Parent
 */

/**
 * Tells Python of something that happened, by its name.
 * @typedef {(name: string, value: unknown) => void} Send
 */

/**
 * @template Data what Python sent
 * @typedef {object} Component
 * @property {Parent} parentElement
 * @property {Data} data
 * @property {Send} setTriggerValue
 */

/**
 * @template Data
 * @typedef {object} Mounted
 * @property {Send} send set before anything is shown
 * @property {(data: Data) => void} show new data, or the same once more
 * @property {() => void} close when the component is gone from the page
 */

/**
 * A component that is one object for as long as it is on the page.
 * @template Data
 * @param {new (parentElement: Parent) => Mounted<Data>} Kind
 * @returns {(component: Component<Data>) => () => void}
 */
export function mounting(Kind) {
  /** @type {WeakMap<Parent, Mounted<Data>>} */
  const mounted = new WeakMap();
  return ({ parentElement, data, setTriggerValue }) => {
    const instance = mounted.get(parentElement) ?? new Kind(parentElement);
    mounted.set(parentElement, instance);
    instance.send = setTriggerValue;
    instance.show(data);
    return () => {
      instance.close();
      mounted.delete(parentElement);
    };
  };
}

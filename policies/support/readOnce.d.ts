declare function readOnce(): void;
export = readOnce;

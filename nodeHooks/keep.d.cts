export declare function keep(file: string, content: string | Buffer): void;

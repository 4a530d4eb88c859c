export declare const asks: Readonly<
  Record<'error' | 'threadEnds' | 'processEnds' | 'waitsOnce' | 'neverEnds' | 'waitsFor', number>
>;

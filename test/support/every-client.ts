/** Stands in for AWS in front of code that makes its own clients. */
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll } from 'vitest';

/** Mocks all clients of a class until the file's tests are over: the next file of the worker may want a real one. */
export const mockEveryClient: typeof mockClient = (type) => {
  const mock = mockClient(type);
  afterAll(() => mock.restore());
  return mock;
};

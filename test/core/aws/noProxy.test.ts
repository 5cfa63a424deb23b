import { isExemptFromProxy } from "../../../core/aws/noProxy";

const aws = "config.us-east-1.amazonaws.com";

test.each([
  ["localhost", "", true],
  ["127.0.0.1", "", true],
  ["127.8.9.1", "", true],
  ["::1", "", true],
  ["[::1]", "", true],
  [aws, "", false],
  [aws, " , ", false],
  [aws, "*", true],
  [aws, "example.com,*", true],
  [aws, "amazonaws.com", true],
  [aws, " AmazonAWS.com ", true],
  [aws, ".amazonaws.com", true],
  [aws, "*.amazonaws.com", true],
  [aws, aws, true],
  [aws, `.${aws}`, false],
  [aws, "azonaws.com", false],
  [aws, "us-east-1", false],
  [aws, "amazonaws.com:443", true],
  [aws, "amazonaws.com:8443", false],
  ["10.1.2.3", "10.1.0.0/16", true],
  ["10.2.2.3", "10.1.0.0/16", false],
  ["10.1.2.3", "10.1.2.3", true],
  ["10.1.2.3", "10.1.2.3:443", true],
  ["10.1.2.3", "10.1.2.3:80", false],
  ["10.1.2.3", "2.3", false],
  ["fd00::1", "fd00::/8", true],
  ["fd00::1", "fd00::1", true],
  ["fd00::1", "10.0.0.0/8,fe80::/10", false],
  ["10.1.2.3", "10.0.0.0/99", false],
  [aws, "10.0.0.0/8", false],
])("whether %s is reached without a proxy with NO_PROXY=%j is %p", (host, noProxy, isExempt) => {
  expect(isExemptFromProxy(host, 443, noProxy)).toBe(isExempt);
});

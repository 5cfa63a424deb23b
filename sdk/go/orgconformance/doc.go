// Gates deployments on the status of an AWS Config organization conformance pack in every member account
package orgconformance
